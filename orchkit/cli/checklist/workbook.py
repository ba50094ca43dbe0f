"""A report on a filled checklist as an Excel workbook: its parts as sheets, then all answers as one table that can be filtered.

Text is written as text and never as a formula, whatever it begins with, and the workbook is dated by the report, not by the clock: the
same report is the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.views.markdown import plain_text
from orchkit.views.sections import Section

_LONGEST_CELL = 32_767
"""Characters that a cell takes."""
_WIDEST = 60
_NARROWEST = 10
_EPOCH = date(1980, 1, 1)


def workbook(sections: Sequence[Section], columns: Sequence[str], rows: Iterable[Sequence[str]], day: date | None) -> bytes:
    """Return the workbook: a sheet `Report` with every part, and a sheet `Answers` with a row an item and evaluation.

    Raises `InputError` where the package XlsxWriter is not installed.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise InputError(Problem("--format", "xlsx needs the package XlsxWriter", "Install it with `pip install 'orchkit[xlsx]'`")) from None
    target = io.BytesIO()
    made = datetime.combine(day or _EPOCH, datetime.min.time(), tzinfo=UTC).replace(tzinfo=None)
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        book.set_properties({"title": sections[0].heading[:255], "created": made})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _report(book.add_worksheet("Report"), sections, bold, wrap)
        _answers(book.add_worksheet("Answers"), columns, list(rows), bold, wrap)
    return target.getvalue()


def _report(sheet: Any, sections: Sequence[Section], bold: Any, wrap: Any) -> None:
    """Write the parts below each other."""
    line = 0
    for section in sections:
        line = _row(sheet, line, [section.heading], bold)
        for paragraph in section.paragraphs:
            line = _row(sheet, line, [paragraph], None)
        if section.rows:
            line = _row(sheet, line, section.headers, bold)
            for cells in section.rows:
                line = _row(sheet, line, cells, wrap)
        for text, below in section.entries:
            line = _row(sheet, line, [text, *below], wrap)
        line += 1
    sheet.set_column(0, 8, 32)


def _answers(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[str]], bold: Any, wrap: Any) -> None:
    _row(sheet, 0, columns, bold)
    for line, cells in enumerate(rows, 1):
        _row(sheet, line, cells, wrap)
    for index, name in enumerate(columns):
        longest = max((len(cells[index]) for cells in rows), default=0)
        sheet.set_column(index, index, min(max(longest, len(name), _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _row(sheet: Any, line: int, cells: Sequence[str], style: Any) -> int:
    """Write cells of text, and return the line below."""
    for column, cell in enumerate(cells):
        sheet.write_string(line, column, _text(cell), style)
    return line + 1


def _text(cell: str) -> str:
    """Keep the lines of a note; everything else that is not printed has no place in a file of XML."""
    return "\n".join(map(plain_text, cell.splitlines()))[:_LONGEST_CELL]
