"""`orchkit checklist`: its table of commands."""

from __future__ import annotations

from orchkit.cli.lazy import Entry, group

COMMANDS = {
    "new": Entry("orchkit.cli.checklist.new", "Write an empty decision file for a checklist."),
    "score": Entry("orchkit.cli.checklist.score", "Score the filled checklists of a decision file."),
}

command = group(COMMANDS, "checklist", "Begin a checklist, or score a filled one.")
