"""Names of members, which old archives hold in the code page of whoever packed them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from scanner.decode.detect import detect_text


def decoded(name: str) -> str:
    """A name that Python read as UTF-8 with `surrogateescape`, as the text it is."""
    return name if name.isprintable() else as_text([name.encode("utf-8", "surrogateescape")])[0]


def as_text(names: Sequence[bytes]) -> list[str]:
    """Names in one code page: UTF-8, or the one in which all of them together read best."""
    try:
        return [name.decode() for name in names]
    except UnicodeDecodeError:
        codec = detect_text(b"\n".join(names) + b"\n", True).name
        return [name.decode(codec, "replace") for name in names]


def leads_out(name: str, target: str) -> bool:
    """Whether a symbolic link called `name` leads out of its archive; what others lead to is in it."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    return path.startswith(("/", "../")) or path == ".."
