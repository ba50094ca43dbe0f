"""`orchkit site`: its table of commands."""

from __future__ import annotations

from orchkit.cli.lazy import Entry, group

COMMANDS = {
    "build": Entry("orchkit.cli.site.build", "Build the handbook."),
    "serve": Entry("orchkit.cli.site.serve", "Build the handbook and serve it on this machine."),
}

command = group(COMMANDS, "site", "Build or serve the handbook.")
