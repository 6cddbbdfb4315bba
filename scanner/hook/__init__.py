"""`leakgauge hook`: before a commit, quickly.

`screen` tells in pure Python which small files can hold nothing that a scan would report; only the others are scanned,
which loads polars. `staged` reads what is staged, `copies` gives it to the scan.
"""
