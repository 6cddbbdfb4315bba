"""Makes containers, and opens them as a scan does."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scanner.containers import Limits, expand
from scanner.model import Issue
from scanner.sources import find, open_source

TREE = {"people.csv": b"name,phone\nAlex Example,010-0000-0001\n", "dir/notes.txt": b"memo\n" * 500, "empty": b""}


@dataclass
class Unpacked:
    """The bytes of each file, by its name in the container, and all issues."""

    files: dict[str, bytes] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the issues."""
        return [issue.kind for issue in self.issues]

    @property
    def failed(self) -> bool:
        """Whether an issue says that something was not read."""
        return any(issue.severity == "error" for issue in self.issues)


def unpacked_file(path: Path, limits: Limits | None = None, exclude: tuple[str, ...] = ()) -> Unpacked:
    """Everything that comes out of a file."""
    result = Unpacked()
    for item in expand(find([str(path)]), exclude=exclude, limits=limits):
        if isinstance(item, Issue):
            result.issues.append(item)
            continue
        stream = open_source(item)
        name = item.path.removeprefix(f"{path}!")
        result.files[name] = b"".join(iter(lambda stream=stream: stream.read(1 << 16), b""))
        stream.close()
        result.issues += stream.issues
    return result


def unpacked(data: bytes, name: str = "a", limits: Limits | None = None, exclude: tuple[str, ...] = ()) -> Unpacked:
    """Everything that comes out of a file with `data`; what it holds itself is called ""."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        result = unpacked_file(path, limits, exclude)
        return Unpacked({key.removeprefix(str(path)): value for key, value in result.files.items()}, result.issues)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], format_: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format_) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def packed_by(tool: str, *args: str, folder: Path, files: dict[str, bytes]) -> None:
    """Run a packer, which may not be installed, in `folder` with `files` in it."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    subprocess.run([tool, *args], cwd=folder, check=True, capture_output=True)


def zip_header(name: bytes, *, flags: int = 0, size: int = 0, extra: bytes = b"") -> bytes:
    """The header of a member that is stored."""
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, 0, 0, 0, 0, size, size, len(name), len(extra)) + name + extra
