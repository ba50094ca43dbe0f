"""`orchkit checklist`: its table of commands."""

from __future__ import annotations

from orchkit.cli.lazy import Entry, group

COMMANDS = {
    "new": Entry("orchkit.cli.checklist.new", "Write an empty decision file for a checklist."),
    "score": Entry("orchkit.cli.checklist.score", "Score the filled checklists of a decision file."),
    "report": Entry("orchkit.cli.checklist.report", "Write a report on a filled checklist: Markdown, CSV, JSON or XLSX."),
}

command = group(COMMANDS, "checklist", "Begin a checklist, score a filled one, or write a report on it.")
