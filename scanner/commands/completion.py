"""`leakgauge completion`: the script by which a shell completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print what makes a SHELL complete commands and options.

    \b
    Put one of these lines where your shell starts:
      eval "$(leakgauge completion bash)"        ~/.bashrc
      eval "$(leakgauge completion zsh)"         ~/.zshrc
      leakgauge completion fish | source         ~/.config/fish/config.fish
    """
    group = click.get_current_context().find_root().command
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(group, {}, "leakgauge", "_LEAKGAUGE_COMPLETE")
    click.echo(script.source_template % script.source_vars())
