"""The commands, a module each: to add one, write its module and name it in `COMMANDS`.

A command turns its options into a call of what does the work, and the answer into an exit code. It imports that when
it runs, so that `--help` is quick.
"""

from __future__ import annotations

import click

from scanner.commands import baseline, completion, config, hook, mask, rules, scan, size

COMMANDS: tuple[click.Command, ...] = (
    scan.scan,
    size.size,
    mask.mask,
    hook.hook,
    baseline.baseline,
    config.config,
    rules.rules,
    completion.completion,
)
