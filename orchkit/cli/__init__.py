"""The command `orchkit`: a table of commands, and what becomes of an error."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from orchkit.cli.complain import BAD_INPUT, complain
from orchkit.cli.lazy import Entry, LazyGroup
from orchkit.cli.session import Session
from orchkit.errors import OrchkitError
from orchkit.version import __version__

COMMANDS = {
    "rank": Entry("orchkit.cli.rank", "Rank tools by a weight profile or by your own weights."),
    "explain": Entry("orchkit.cli.explain", "Show every score of one tool, with its reason and its sources."),
    "compare": Entry("orchkit.cli.compare", "Put two to four tools side by side."),
    "advise": Entry("orchkit.cli.advise", "Say what a team should do, from its context."),
    "cost": Entry("orchkit.cli.cost", "Estimate what deployments cost in a year."),
    "decide": Entry("orchkit.cli.decide", "Say what a decision file comes to, and write the decision record."),
    "checklist": Entry("orchkit.cli.checklist", "Begin a checklist; score, merge, upgrade and gate filled ones."),
    "replay": Entry("orchkit.cli.replay", "Compute a decision on its release, and say what has changed since."),
    "diff": Entry("orchkit.cli.diff", "Say what a change of the data does to every ranking."),
    "lint": Entry("orchkit.cli.lint", "Check the dataset and the pages of a checkout."),
    "new": Entry("orchkit.cli.new", "Scaffold a record and its page."),
    "release": Entry("orchkit.cli.release", "Freeze the dataset as a release."),
    "schema": Entry("orchkit.cli.schema", "Print, write or check the JSON Schemas."),
    "site": Entry("orchkit.cli.site", "Build or serve the handbook."),
}

INTERRUPTED = 130
NOBODY_LISTENS = 141
"""The status that a shell gives for a broken pipe, as 130 is the one for Ctrl-C."""


class Command(LazyGroup):
    """The command itself. Bad input ends in one line a problem on stderr and exit code 2, never in a traceback."""

    table = COMMANDS

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand."""
        _never_fail_on_a_character()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OrchkitError as error:
            complain(error.problems)
            ctx.exit(BAD_INPUT)
        except BrokenPipeError:
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(NOBODY_LISTENS)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        return result


@click.command(
    cls=Command, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Exit codes: 0 fine, 1 a gate failed or nothing fits, 2 bad input."
)
@click.version_option(__version__, prog_name="orchkit")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A dataset folder or a compiled dataset, in place of the one that orchkit carries.",
)
@click.option("--release", metavar="VERSION", help="A frozen release of the dataset, like 2026.11.0, in place of what is there today.")
@click.pass_context
def main(ctx: click.Context, data: Path | None, release: str | None) -> None:
    """Choose, evaluate and adopt an ML pipeline orchestrator, from cited data."""
    ctx.obj = Session(data, release)


def _never_fail_on_a_character() -> None:
    """Escape what the terminal's encoding lacks, instead of ending in an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
