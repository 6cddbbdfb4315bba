"""The settings of a scan."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanner.allowlist import Allow
from scanner.errors import ConfigError
from scanner.forks import processes
from scanner.model import DEFAULT_MIN_SCORE


@dataclass(frozen=True, slots=True)
class ScanConfig:
    """What to look for, where, and what to show. Picklable: it goes to worker processes.

    `only`, `without`: entity types or rule ids; `regions`: ISO country codes; `min_score`: 0 to 1; `exclude`: globs
    in gitignore syntax; `encoding`: a Python codec instead of detection; `jobs`: processes, 0 for one a core; `key`:
    of the fingerprints, empty for a random one each run; `recognizers`: a Presidio YAML file of the user's own;
    `ner`: ask language models too; `sample`: the share of large files that is read, from 0 to 1, all without; `seed`:
    of its choice; `identity`: a second key, findings then have an `identity` made with it as fingerprints are; `root`:
    the folder that globs of `exclude` are relative to, the current one without; `allow`: what is not reported;
    `pragmas`: other scanners whose pragmas count too, `gitleaks` and `detect-secrets`, None where none count, not even
    ours; `allowing`: whether pragmas and `allow` count.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    min_score: float = DEFAULT_MIN_SCORE
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    encoding: str | None = None
    jobs: int = 0
    show_values: bool = False
    explain: bool = False
    key: bytes = field(default=b"", repr=False)
    recognizers: str | None = None
    ner: bool = False
    sample: float | None = None
    seed: int = 0
    identity: bytes = field(default=b"", repr=False)
    root: str = ""
    allow: tuple[Allow, ...] = ()
    pragmas: tuple[str, ...] | None = ()
    allowing: bool = True

    def __post_init__(self) -> None:
        """Raise `ConfigError` for values that cannot be used."""
        if not 0 < self.min_score <= 1:
            raise ConfigError(f"min_score must be above 0 and at most 1, not {self.min_score}")
        if self.sample is not None and not 0 < self.sample < 1:
            raise ConfigError(f"a sample must be more than 0 % and less than 100 %, not {self.sample:.4%}")
        if self.jobs < 0:
            raise ConfigError(f"jobs must not be negative, not {self.jobs}")
        if len(self.key) > 64:
            raise ConfigError("a key has at most 64 bytes")
        for entry in self.allow if not self.key else ():
            if entry.fingerprint:
                raise ConfigError(f"{entry.place}: fingerprints need their key: give --key-file or LEAKGAUGE_KEY")

    @property
    def processes(self) -> int:
        """How many processes may scan at once."""
        return processes(self.jobs)
