"""Opens archives and mail: what is in them becomes sources of their own, named `dump.zip!dir/a.csv`.

`expand` takes what `sources.find` gives. Nothing is ever written but what must be read at any place, such as an archive
in an archive or a database in one; that goes to a private temporary folder under a name of ours.
"""

from scanner.containers.expand import expand
from scanner.containers.limits import Limits

__all__ = ["Limits", "expand"]
