"""Measures how fast each format is read to batches of columns, not scanned, and writes bench/formats.md.

python bench/formats.py [--rows 300000] [--runs 3]
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import sqlite3
import statistics
import subprocess
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import fastavro
import generate
import polars as pl
import xlsxwriter

from scanner.config import ScanConfig
from scanner.containers import expand
from scanner.pipeline import Engine
from scanner.sources import Source, find

_NAMES = ("id", "at", "name", "phone", "mail", "address", "memo", "goods", "price")


def write(folder: Path, rows: int) -> Iterator[Path]:
    """Write the files, one of each format."""
    frame = generate.table(rows)
    frame.columns = list(_NAMES)
    for name, (made, share) in _MADE.items():
        path = folder / f"orders{name}"
        made(frame.head(max(rows // share, 1)), path)
        yield path


def _csv(frame: pl.DataFrame, path: Path) -> None:
    frame.write_csv(path)


def _text(frame: pl.DataFrame, path: Path) -> None:
    frame.write_csv(path, separator=" ", quote_style="never", include_header=False)


def _jsonl(frame: pl.DataFrame, path: Path) -> None:
    frame.write_ndjson(path)


def _json(frame: pl.DataFrame, path: Path) -> None:
    frame.write_json(path)


def _insert(frame: pl.DataFrame, path: Path) -> None:
    rows = [f"({','.join(map(_quoted, row))})" for row in frame.iter_rows()]
    with path.open("w", encoding="utf-8") as out:
        out.write(f"CREATE TABLE `orders` ({', '.join(f'`{name}` text' for name in _NAMES)}) ENGINE=InnoDB;\n")
        for start in range(0, len(rows), 5000):
            out.write(f"INSERT INTO `orders` VALUES {','.join(rows[start : start + 5000])};\n")


def _quoted(value: object) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "\\'") + "'"


def _copy(frame: pl.DataFrame, path: Path) -> None:
    head = f"COPY public.orders ({', '.join(_NAMES)}) FROM stdin;\n"
    path.write_bytes(head.encode() + _delimited(frame, "\t") + b"\\.\n")


def _delimited(frame: pl.DataFrame, separator: str) -> bytes:
    out = io.BytesIO()
    frame.write_csv(out, separator=separator, include_header=False, quote_style="never")
    return out.getvalue()


def _sqlite(frame: pl.DataFrame, path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE orders ({', '.join(_NAMES)})")
        database.executemany(f"INSERT INTO orders VALUES ({', '.join('?' * len(_NAMES))})", frame.iter_rows())
    database.close()


def _parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path)


def _arrow(frame: pl.DataFrame, path: Path) -> None:
    frame.write_ipc(path)


def _excel(frame: pl.DataFrame, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("orders")
        for number, row in enumerate([_NAMES, *frame.iter_rows()]):
            sheet.write_row(number, 0, row)


def _avro(frame: pl.DataFrame, path: Path) -> None:
    fields = [{"name": name, "type": "long" if name in ("id", "price") else "string"} for name in _NAMES]
    schema = fastavro.parse_schema({"type": "record", "name": "order", "fields": fields})
    with path.open("wb") as out:
        fastavro.writer(out, schema, frame.iter_rows(named=True), codec="deflate")


def _html(frame: pl.DataFrame, path: Path) -> None:
    head = "".join(f"<th>{name}</th>" for name in _NAMES)
    rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in frame.iter_rows())
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    path.write_text(f"<html><body><table>\n<tr>{head}</tr>\n{body}\n</table></body></html>\n", encoding="utf-8")


def _mbox(frame: pl.DataFrame, path: Path) -> None:
    with path.open("wb") as out:
        for row in frame.iter_rows(named=True):
            message = EmailMessage()
            message["From"], message["To"] = "shop@example.com", f"{row['name']} <{row['mail']}>"
            message["Subject"] = f"주문 {row['id']}"
            message.set_content(f"{row['name']} {row['phone']}\n{row['address']}\n{row['memo']}\n")
            out.write(b"From shop@example.com Sun Mar  1 12:00:00 2026\n" + message.as_bytes() + b"\n")


def _vcard(frame: pl.DataFrame, path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nTEL:{phone}\nEMAIL:{mail}\nADR:;;{address};;;;\nEND:VCARD\n"
    path.write_text("".join(card.format(**row) for row in frame.iter_rows(named=True)), encoding="utf-8")


def _ldif(frame: pl.DataFrame, path: Path) -> None:
    entry = "dn: uid={id},dc=example,dc=com\ncn: {name}\nmobile: {phone}\nmail: {mail}\nstreet: {address}\n\n"
    path.write_text("".join(entry.format(**row) for row in frame.iter_rows(named=True)), encoding="utf-8")


def _gz(frame: pl.DataFrame, path: Path) -> None:
    path.write_bytes(gzip.compress(frame.write_csv().encode(), 6))


def _zip(frame: pl.DataFrame, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("orders.csv", frame.write_csv())


def _tar(frame: pl.DataFrame, path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        data = frame.write_csv().encode()
        info = tarfile.TarInfo("orders.csv")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))


def _seven(frame: pl.DataFrame, path: Path) -> None:
    inner = path.with_name("orders-7z.csv")
    frame.write_csv(inner)
    subprocess.run(["7z", "a", "-bso0", "-mx=1", str(path), str(inner)], check=True)


# Endings, what makes such a file, and which part of the rows it gets: formats that nobody uses for millions get few.
_MADE: dict[str, tuple[Callable[[pl.DataFrame, Path], None], int]] = {
    ".csv": (_csv, 1),
    ".log": (_text, 1),
    ".jsonl": (_jsonl, 1),
    ".json": (_json, 1),
    "-insert.sql": (_insert, 1),
    "-copy.sql": (_copy, 1),
    ".sqlite": (_sqlite, 1),
    ".parquet": (_parquet, 1),
    ".arrow": (_arrow, 1),
    ".avro": (_avro, 2),
    ".xlsx": (_excel, 5),
    ".html": (_html, 10),
    ".ldif": (_ldif, 10),
    ".vcf": (_vcard, 10),
    ".mbox": (_mbox, 40),
    ".csv.gz": (_gz, 1),
    ".zip": (_zip, 1),
    ".tar.gz": (_tar, 1),
    ".7z": (_seven, 1),
}


def read(path: Path, engine: Engine) -> tuple[float, int]:
    """Seconds, and records, of reading a file to batches."""
    records, started = 0, time.perf_counter()
    for source in expand(find([str(path)])):
        assert isinstance(source, Source), source
        for split in engine.planner().plan(source):
            reading = engine.read(split)  # type: ignore[arg-type]
            records += sum(batch.begun for batch in reading.batches)
            assert not reading.issues, reading.issues
            reading.close()
    return time.perf_counter() - started, records


def lines(folder: Path, rows: int, runs: int) -> Iterator[str]:
    """The lines of the report; each format against the CSV in the same run."""
    engine = Engine(ScanConfig())
    csv = 0.0
    for path in write(folder, rows):
        read(path, engine)  # what is loaded once
        timed = [read(path, engine) for _ in range(runs)]
        seconds, records = statistics.median(run[0] for run in timed), timed[0][1]
        rate, size = records / seconds, path.stat().st_size / 1e6
        csv = csv or rate
        yield f"| {path.name} | {size:.1f} | {size / seconds:.1f} | {rate:,.0f} | {rate / csv:.2f} |"
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    report = [
        "The same invented orders in each format, fewer where nobody uses it for many: read to batches of columns by"
        " one process, not scanned; medians, by `make bench`. The last column compares records a second with the CSV.",
        "",
        "| file | MB | MB/s | records/s | times the CSV |",
        "|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        for line in lines(Path(folder), args.rows, args.runs):
            print(line, flush=True)
            report.append(line)
    Path(__file__).with_name("formats.md").write_text("\n".join([*report, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
