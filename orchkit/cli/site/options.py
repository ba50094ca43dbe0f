"""The option that both commands of `orchkit site` have."""

from __future__ import annotations

import click

from orchkit.site.builders import BUILDERS, DEFAULT

builder_option = click.option("--builder", type=click.Choice(list(BUILDERS)), default=DEFAULT, show_default=True, help="What makes the pages.")
