"""YAML read strictly: YAML 1.2 scalars, no duplicate keys, no aliases, bounded size and depth, a line for every value.

Built on PyYAML's event stream, which is flat: a document nested a million deep is refused at the bound instead of
exhausting the stack, and an alias is refused before anything is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from orchkit.errors import InputError, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 24

Path = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LONGEST_NUMBER = 20  # longer than any 64-bit number
_PLAIN = re.compile(
    r"(?:(?P<null>~|null|Null|NULL|)|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)|(?P<whole>[-+]?[0-9]+)"
    r"|(?P<number>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|(?P<doubtful>(?i:y|n|yes|no|on|off)))\Z"
)
"""What an unquoted scalar may be besides text, in the order of YAML 1.2's core schema; *doubtful* is a boolean of YAML 1.1."""
_MADE: dict[str, Callable[[str], Any]] = {"null": lambda _: None, "true": lambda _: True, "false": lambda _: False, "whole": int, "number": float}
_NOT_TEXT = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its value, and the line on which the value at each path begins (first line is 1)."""

    value: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of the value at `path`, or of the nearest thing around it that exists."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    keys_seen: dict[str, int] = field(default_factory=dict)

    def child_path(self) -> Path:
        part = len(self.value) if isinstance(self.value, list) else self.key
        return (*self.path, part) if part is not None else self.path

    def take(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        else:
            assert self.key is not None
            self.value[self.key] = value
            self.key = None


def parse(text: str, place: str, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read one document.

    `place` names the text in messages (a file's path). Raises `InputError` with ``place:line`` for anything that is
    not strict YAML.
    """
    if (size := len(text.encode("utf-8", "surrogatepass"))) > max_bytes:
        raise InputError(
            Problem(place, f"has {size:,} bytes, more than the {max_bytes:,} that are read", "Split it, or check that it is the right file")
        )
    if wrong := _NOT_TEXT.search(text, int(text.startswith("\ufeff"))):
        where = f"{place}:{text.count(chr(10), 0, wrong.start()) + 1}"
        raise InputError(Problem(where, f"the control character U+{ord(wrong[0]):04X} is no text", "Remove it: an editor may hide it"))
    try:
        return _Reader(place).read(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fact = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
        context = getattr(error, "context", None)
        where = f"{place}:{mark.line + 1}" if mark else place
        message = f"{context}: {fact}" if context else str(fact)
        raise InputError(Problem(where, f"cannot be read as YAML: {message}", "Check indentation, quotes and brackets near this line")) from None


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.lines: dict[Path, int] = {}
        self.stack: list[_Open] = []
        self.root: Any = None
        self.documents = 0

    def read(self, text: str) -> Document:
        for event in yaml.parse(text, Loader=_Loader):
            self._take(event)
        return Document(self.root, self.lines)

    def _refuse(self, event: Any, fact: str, repair: str) -> InputError:
        return InputError(Problem(f"{self.place}:{event.start_mark.line + 1}", fact, repair))

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise self._refuse(event, "a second document begins here", "Keep one document a file: remove the line `---`")
            case yaml.AliasEvent():
                raise self._refuse(event, f"the alias `*{event.anchor}` is not allowed", "Write the value out where it is meant")
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()

    def _open(self, event: Any) -> None:
        if event.tag is not None:
            raise self._refuse(event, f"the tag `{event.tag}` is not allowed", "Remove it: plain values say enough")
        if len(self.stack) >= MAX_DEPTH:
            raise self._refuse(event, f"is nested more than {MAX_DEPTH} levels deep", "No record needs that: check the brackets and the indentation")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place_value(event, value)
        self.stack.append(_Open(value, path))

    def _scalar(self, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        value = self._resolve(event)
        if parent is None or isinstance(parent.value, list) or parent.key is not None:
            self._place_value(event, value)
            return
        if not isinstance(value, str):
            raise self._refuse(event, f"the key `{event.value}` is not text", f'Quote it: "{event.value}"')
        if value in parent.keys_seen:
            raise self._refuse(event, f"the key `{value}` stands twice, first on line {parent.keys_seen[value]}", "Keep one of the two")
        parent.key = value
        parent.keys_seen[value] = event.start_mark.line + 1
        self.lines[(*parent.path, value)] = event.start_mark.line + 1

    def _place_value(self, event: Any, value: Any) -> Path:
        if not self.stack:
            self.root = value
            self.lines[()] = event.start_mark.line + 1
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, dict) and parent.key is None:
            raise self._refuse(event, "a key is a list or a mapping", "Use plain text as a key")
        path = parent.child_path()
        self.lines.setdefault(path, event.start_mark.line + 1)
        parent.take(value)
        return path

    def _resolve(self, event: Any) -> Any:
        text: str = event.value
        if event.tag not in (None, "!"):
            raise self._refuse(event, f"the tag `{event.tag}` is not allowed", "Remove it: plain values say enough")
        if not event.implicit[0] or event.tag == "!":
            return text
        found = _PLAIN.match(text)
        kind = found.lastgroup if found else None
        if kind is None:
            return text
        if kind == "doubtful":
            fact = f"a bare `{text}` is true or false to some YAML readers and text to others"
            raise self._refuse(event, fact, f'Write true or false, or quote it: "{text}"')
        if kind == "whole" and len(text) > _LONGEST_NUMBER:
            raise self._refuse(event, f"a whole number has more than {_LONGEST_NUMBER} digits", f'If it is a name, quote it: "{text[:12]}…"')
        return _MADE[kind](text)
