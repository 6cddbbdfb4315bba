"""A program of its own that writes ORC or Arrow files as an Arrow stream of small batches: `arrowworker.py PATH BYTES`.

The reader of ORC crashes on some damaged files, and a packed batch of Arrow grows without bound before it can be asked
for its size; here that ends nothing else. It imports nothing of ours, to start quickly. BYTES bounds its memory. The
exit code is `CODE` and, added up, `LOST` where batches could not be read, `CUT` where an index at the end is missing,
`MORE` where data after the end was not read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import ipc, orc

CODE, LOST, CUT, MORE = 64, 1, 2, 4
_BATCH = 8 << 20  # bytes that a batch should have
_MOST = 256 << 20  # bytes that rows may have which cannot be parted any more; more of them are left out
_MAGIC = b"ARROW1\0\0"
_ERRORS = (pa.ArrowException, OSError, ValueError, TypeError, MemoryError)


def main() -> None:
    """Write what can be read."""
    path, memory = sys.argv[1:]
    _limit(int(memory))
    with Path(path).open("rb") as file:
        magic = file.read(len(_MAGIC))
    said = _orc(path) if magic.startswith(b"ORC") else _arrow(path, magic == _MAGIC)
    sys.exit(CODE + said)


def _orc(path: str) -> int:
    source = orc.ORCFile(path)
    with ipc.new_stream(sys.stdout.buffer, source.schema) as out:
        return _write(out, source.read_stripe, range(source.nstripes))


def _arrow(path: str, indexed: bool) -> int:
    """A file is a stream with an index at its end, which is missing where it was cut."""
    if not indexed:
        return _stream(path, 0)
    try:
        source = ipc.open_file(pa.OSFile(path))
        numbers = range(source.num_record_batches)
    except _ERRORS:
        return CUT | _stream(path, len(_MAGIC))
    with ipc.new_stream(sys.stdout.buffer, source.schema) as out:
        return _write(out, source.get_batch, numbers)


def _stream(path: str, start: int) -> int:
    with pa.OSFile(path) as file:
        file.seek(start)
        source = ipc.open_stream(file)
        with ipc.new_stream(sys.stdout.buffer, source.schema) as out:
            try:
                for batch in source:
                    _write_one(out, batch)
            except _ERRORS:
                return LOST
        return MORE if not start and file.size() > file.tell() else 0


def _write(out: Any, read: Any, numbers: range) -> int:
    """Those of several batches that can be read, each for itself."""
    lost = 0
    for number in numbers:
        try:
            _write_one(out, read(number))
        except _ERRORS:
            lost = LOST
    return lost


def _write_one(out: Any, batch: pa.RecordBatch) -> None:
    batch.validate(full=True)
    for part in _parts(batch):
        if part.nbytes > _MOST:
            raise ValueError
        out.write_batch(part)


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    step = max(1, batch.num_rows * _BATCH // max(batch.nbytes, _BATCH))
    for start in range(0, batch.num_rows, step):
        yield batch.slice(start, step)


def _limit(memory: int) -> None:
    """Where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


if __name__ == "__main__":
    main()
