"""The group of verbs. A verb's module is imported when it is called, not before."""

from __future__ import annotations

import importlib
import keyword
from typing import TYPE_CHECKING, NoReturn

import click

from studydl.cli.ending import CANNOT_BE_USED, end_with

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VERBS", "run", "studydl"]

VERBS: Mapping[str, str] = {
    "quiz": "Study chosen cards: a chapter, a tag, a search.",
    "serve": "The application in a browser.",
    "stats": "What your reviews tell: retention, forecast, calibration.",
    "verify": "Measure claims and their misconceptions.",
    "derive": "Print a derivation, step by step, each step with its check.",
    "ask": "Show one card, or judge one answer to it.",
    "notes": "The audit of the notes, statement by statement.",
    "check": "Lint decks, and measure what their cards stand on.",
    "export": "Write the log or the cards to a file, for elsewhere.",
    "import": "Take in what `export` or another program wrote.",
    "backup": "Back up the log of reviews.",
    "restore": "Put a backup in the place of the log.",
    "doctor": "Look at all that is kept, and mend what follows from the log.",
}
"""Each verb with its help, written here so that ``--help`` imports none of them."""


class LazyGroup(click.Group):
    """A group whose verbs stand in a table and are imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a verb: ``verify`` is the command ``verify`` of ``studydl.cli.verify``."""
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(importlib.import_module(f"studydl.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the table of verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--plain", is_flag=True, help="Hold the session in plain lines.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
@click.version_option(None, "--version", package_name="studydl", message="%(prog)s %(version)s")
@click.pass_context
def studydl(ctx: click.Context, *, plain: bool, lang: str | None) -> None:
    """Flashcards for deep learning that prove themselves.

    Without a verb: opens the application on what is due today.
    """
    if ctx.invoked_subcommand is None:
        from studydl.cli.study import study

        study(query=None, plain=plain, lang=lang)


def run() -> NoReturn:
    """Run the command line and exit."""
    end_with(_carried_out)


def _carried_out() -> int:
    try:
        code = studydl.main(prog_name="studydl", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return CANNOT_BE_USED
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0
