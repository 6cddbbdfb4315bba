"""The exceptions of leakgauge: only for usage, configuration and rules; what a file does wrong is an `Issue`.

LeakgaugeError          exit code 2
├── UsageError          a flag or a path that makes no sense
├── ConfigError         a setting that cannot be used
└── RuleError           a rule file that is wrong; names the file and the key
"""

from __future__ import annotations


class LeakgaugeError(Exception):
    """Base of all errors that the caller can mend; the message says how."""


class UsageError(LeakgaugeError):
    """The command line or the call asks for something impossible."""


class ConfigError(LeakgaugeError):
    """A setting has a value that cannot be used."""


class RuleError(LeakgaugeError):
    """A rule file is wrong; the message names the file and the key."""
