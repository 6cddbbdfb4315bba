"""Makes files that hold no personal data but look full of it: numbers, times, hashes, versions, identifiers; seeded."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

# installed packages whose source is scanned
PACKAGES = (
    "polars",
    "numpy",
    "click",
    "presidio_analyzer",
    "pydantic",
    "httpx",
    "jinja2",
    "rich",
    "hypothesis",
    "requests",
)
SUFFIXES = (".py", ".pyi", ".csv", ".lock", ".txt", ".json", ".log", ".sql", ".toml")
ROWS = 4_000


def write(folder: Path) -> None:
    """Write all files into `folder`, some 3 MB."""
    folder.mkdir(parents=True)
    for name, rows in FILES.items():
        chance = random.Random(name)
        (folder / name).write_text("".join(f"{row}\n" for row in rows(chance)), encoding="utf-8")


def _time(chance: random.Random) -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(180_000_000))


def _measurements(chance: random.Random) -> Iterator[str]:
    yield "id,created_at,updated_at,epoch,epoch_ms,lat,lng,price,qty,order_no,version,ratio"
    for number in range(ROWS):
        time = _time(chance)
        yield (
            f"{10_000_000 + number},{time:%Y-%m-%d %H:%M:%S},{time:%Y%m%d%H%M%S},{time.timestamp():.0f},"
            f"{time.timestamp() * 1000:.0f},{chance.uniform(33, 39):.6f},{chance.uniform(124, 131):.6f},"
            f"{chance.randrange(10, 90_000) * 100},{chance.randrange(1, 99)},"
            f"{time:%Y%m%d}-{chance.randrange(10**7):07},"
            f"{chance.randrange(20)}.{chance.randrange(30)}.{chance.randrange(3000)},{chance.random():.16f}"
        )


def _bare(chance: random.Random) -> Iterator[str]:
    for _ in range(ROWS):
        digits = (chance.randrange(10**length) for length in (4, 6, 8, 9, 10, 11, 12, 13, 14, 16, 18))
        yield ",".join(map(str, digits))


def _hashes(chance: random.Random) -> Iterator[str]:
    for number in range(ROWS):
        data = chance.randbytes(16)
        digests = hashlib.sha256(data).hexdigest(), f"file-{number}.bin", hashlib.md5(data).hexdigest()
        yield f"{'  '.join(digests)} {uuid.UUID(bytes=data)}"


def _lock(chance: random.Random) -> Iterator[str]:
    for number in range(ROWS // 8):
        data = chance.randbytes(32).hex()
        version = f"{chance.randrange(30)}.{chance.randrange(20)}.{chance.randrange(40)}"
        yield f'[[package]]\nname = "package-{number}"\nversion = "{version}"'
        yield 'source = { registry = "https://registry.example/simple" }'
        yield f'sdist = {{ hash = "sha256:{data}", size = {chance.randrange(10**7)} }}\n'


def _log(chance: random.Random) -> Iterator[str]:
    levels = ["INFO", "WARN", "ERROR", "DEBUG"]
    for _ in range(ROWS):
        request, trace = uuid.UUID(int=chance.getrandbits(128)), f"{chance.getrandbits(128):032x}"
        yield (
            f"{_time(chance).isoformat()} {chance.choice(levels)} [worker-{chance.randrange(64)}] request {request} "
            f"took {chance.random() * 900:.3f} ms, status {chance.choice([200, 204, 301, 404, 500])}, "
            f"{chance.randrange(10**6)} bytes, trace={trace} pid={chance.randrange(65536)}"
        )


def _sql(chance: random.Random) -> Iterator[str]:
    for number in range(ROWS // 2):
        yield (
            f"INSERT INTO events VALUES ({number}, {chance.randrange(10**9)}, '{_time(chance):%Y-%m-%d %H:%M:%S}', "
            f"'{chance.choice(['created', 'paid', 'sent'])}', {chance.randrange(10**13)}, NULL, {chance.random():.9f});"
        )


FILES = {
    "measurements.csv": _measurements,
    "bare.csv": _bare,
    "hashes.txt": _hashes,
    "packages.lock": _lock,
    "service.log": _log,
    "events.sql": _sql,
}
