"""`orchkit checklist`: its table of commands."""

from __future__ import annotations

from orchkit.cli.lazy import Entry, group

COMMANDS = {
    "new": Entry("orchkit.cli.checklist.new", "Write an empty decision file for a checklist."),
    "score": Entry("orchkit.cli.checklist.score", "Score the filled checklists of a decision file."),
    "report": Entry("orchkit.cli.checklist.report", "Write a report on a filled checklist: Markdown, CSV, JSON or XLSX."),
    "merge": Entry("orchkit.cli.checklist.merge", "Merge the filled checklists of several people."),
    "upgrade": Entry("orchkit.cli.checklist.upgrade", "Carry filled checklists over to a newer version."),
    "gate": Entry("orchkit.cli.checklist.gate", "Test filled checklists, for CI."),
    "release": Entry("orchkit.cli.checklist.release", "Release a version of a checklist: it never changes again."),
}

command = group(COMMANDS, "checklist", "Begin a checklist; score, report on, merge, upgrade and gate filled ones.")
