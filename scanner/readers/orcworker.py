"""A program of its own that writes the stripes of an ORC file as an Arrow stream: `orcworker.py PATH BYTES`.

The reader of ORC crashes on some damaged files; here that ends nothing else. It imports nothing of ours, to start
quickly. BYTES bounds its memory; the exit code is 3 where stripes could not be read.
"""

from __future__ import annotations

import sys

import pyarrow as pa
from pyarrow import ipc, orc


def main() -> None:
    """Write what can be read."""
    path, memory = sys.argv[1:]
    _limit(int(memory))
    source = orc.ORCFile(path)
    lost = False
    with ipc.new_stream(sys.stdout.buffer, source.schema) as out:
        for number in range(source.nstripes):
            try:
                out.write(source.read_stripe(number))
            except (pa.ArrowException, OSError, ValueError, MemoryError):
                lost = True
    sys.exit(3 if lost else 0)


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
