"""Measures the reader of SQL dumps alone, beside that of CSV on the same rows and a plain numpy pass: no scan.

python bench/dumps.py            # some 100 MB a dump; prints what bench/dumps.md holds
python bench/dumps.py --mb 20
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from functools import partial

os.environ["POLARS_MAX_THREADS"] = "1"

import generate
import numpy as np
import polars as pl

from scanner.readers import delimited, sqldump
from scanner.readers.dialect import Dialect
from scanner.readers.sqlcells import At
from scanner.readers.sqlrows import State

BLOCK = 8 << 20  # bytes, as the decoder gives them
STATEMENT = 1 << 20  # bytes of a long INSERT, as mysqldump writes it
NAMES = ["id", "ordered", "name", "phone", "mail", "address", "memo", "goods", "price"]
DEFINITION = "CREATE TABLE `orders` (" + ", ".join(f"`{name}` text" for name in NAMES) + ");\n"


def values(frame: pl.DataFrame, quote: str = "'") -> pl.Series:
    """The rows as values between commas; the first and the last are numbers."""
    inner = [pl.format(quote + "{}'", pl.col(name).fill_null("")) for name in frame.columns[1:-1]]
    cells = [pl.col(frame.columns[0]), *inner, pl.col(frame.columns[-1])]
    return frame.select(pl.concat_str([cell.cast(pl.String) for cell in cells], separator=",")).to_series()


def escaped(frame: pl.DataFrame, quote: str) -> pl.DataFrame:
    """The same orders with a quote and a line end in most memos and names."""
    return frame.with_columns(
        pl.format(quote + "{}" + quote, "수령인").alias("수령인"),
        pl.format("{}\\n" + quote + "{}" + quote + " {}''", "배송메모", "상품명", "배송메모").alias("배송메모"),
    )


def extended(rows: pl.Series) -> str:
    """Many rows a statement."""
    step = max(1, STATEMENT // len(rows[0].encode()))
    parts = ["),(".join(rows[at : at + step].to_list()) for at in range(0, len(rows), step)]
    return DEFINITION + "".join(f"INSERT INTO `orders` VALUES ({part});\n" for part in parts)


def copied(frame: pl.DataFrame) -> str:
    """Lines of values between tabs."""
    cells = [pl.col(name).cast(pl.String).replace("", None).fill_null("\\N") for name in frame.columns]
    lines = frame.select(pl.concat_str(cells, separator="\t")).to_series()
    return f"COPY public.orders ({', '.join(NAMES)}) FROM stdin;\n" + "\n".join(lines.to_list()) + "\n\\.\n"


def single(rows: pl.Series, before: str, after: str) -> str:
    """A statement a row."""
    return "".join(f"{before}{row}{after}" for row in rows.to_list())


def dumps(frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """What is measured, by name."""
    listed = ", ".join(f"[{name}]" for name in NAMES)
    yield "mysqldump", extended(values(frame))
    yield "mysqldump, many escapes", extended(values(escaped(frame, "\\'")))
    yield "pg_dump", copied(frame)
    yield "pg_dump --inserts", single(values(frame), "INSERT INTO public.orders VALUES (", ");\n")
    yield "SQL Server", single(values(frame, "N'"), f"INSERT [dbo].[orders] ({listed}) VALUES (", ")\nGO\n")
    yield "sqlite .dump", single(values(escaped(frame, "''")), "INSERT INTO orders VALUES(", ");\n")


def blocks(data: bytes) -> Iterator[bytes]:
    """Whole characters in blocks."""
    at = 0
    while at < len(data):
        end = min(at + BLOCK, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[at:end]
        at = end


def speed(work: Callable[[bytes], int], data: bytes) -> float:
    """MB a second of processor time, the best of three."""
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        assert work(data)
        best = min(best, time.process_time() - start)
    return len(data) / 1e6 / best


def numpy_pass(data: bytes) -> int:
    """What finding one kind of character costs."""
    return sum(len(np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == 39)) for block in blocks(data)) + 1


def read(backslash: bool, data: bytes) -> int:
    return sum(batch.begun for batch in sqldump.read(blocks(data), backslash=backslash))


def skip(backslash: bool, data: bytes) -> int:
    state, rest = State(At(1), backslash), b""
    for block in blocks(data):
        rest += block
        rest = rest[sqldump.skip(rest, state)[0] :]
    return sum(state.rows.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=int, default=100)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    frame = generate._orders(0, args.mb * 1_000_000 // 190)
    csv = frame.write_csv().encode()
    dialect = Dialect(44, tuple(NAMES), 0)
    peer = speed(lambda data: sum(batch.begun for batch in delimited.read(blocks(data), dialect)), csv)
    print("Processor time of one core, the best of three; what is stepped over only finds where a dump can be cut.\n")
    print("| file | MB | MB/s | of the CSV reader's | MB/s stepped over |\n|---|---|---|---|---|")
    print(f"| CSV | {len(csv) / 1e6:.0f} | {peer:.1f} | 1 | |", flush=True)
    print(f"| numpy, one comparison | {len(csv) / 1e6:.0f} | {speed(numpy_pass, csv):.0f} | | |", flush=True)
    for name, text in dumps(frame):
        if not name.startswith(args.only):
            continue
        data = text.encode()
        escapes = sqldump.escapes_by_backslash(data[:100_000])
        got, skipped = speed(partial(read, escapes), data), speed(partial(skip, escapes), data)
        print(f"| {name} | {len(data) / 1e6:.0f} | {got:.1f} | {got / peer:.2f} | {skipped:.0f} |", flush=True)


if __name__ == "__main__":
    main()
