from __future__ import annotations

import re

import markdown
import pytest

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "orchkit.site.wide_tables"]


def html(text: str) -> str:
    return str(markdown.markdown(text, extensions=EXTENSIONS, extension_configs={"toc": {"permalink": True}}))


def boxes(text: str) -> list[str]:
    return re.findall(r'<div aria-label="([^"]*)" class="ok-scroll" role="group" tabindex="0">\s*<table>', html(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (TABLE, ["Table"]),
        (f"# A page\n\n{TABLE}\n\nand\n\n{TABLE}", ["Table: A page", "Table: A page"]),
        (f"# A page\n\n## The `value` of *it* {{ #it }}\n\n{TABLE}\n\n## Next\n\n{TABLE}", ["Table: The value of it", "Table: Next"]),
        (f'## Ours & "theirs" \\*\n\n{TABLE}', ["Table: Ours &amp; &quot;theirs&quot; *"]),
        (f"## Steps\n\n1. One\n\n    {TABLE.replace(chr(10), chr(10) + '    ')}\n\n2. Two", ["Table: Steps"]),
        (f'<div class="card" markdown>\n\n{TABLE}\n\n</div>', ["Table"]),
    ],
)
def test_a_table_stands_in_a_box_named_after_its_heading(text: str, names: list[str]) -> None:
    assert boxes(text) == names
    assert html(text).count("<table>") == len(names)


def test_what_follows_a_table_still_follows_it() -> None:
    assert re.search(r"</table>\s*</div>\s*<p>After\.</p>", html(f"{TABLE}\n\nAfter."))


@pytest.mark.parametrize("text", [f'<div class="ok-scroll wide" markdown>\n\n{TABLE}\n\n</div>', "<table><tr><td>1</td></tr></table>", "No table."])
def test_a_box_of_its_own_stays_and_html_is_left_alone(text: str) -> None:
    assert boxes(text) == []
    assert 'role="group"' not in html(text)
