"""Feature tables row by row: every tool stands once in each row, under its value, and what gives more comes first."""

from __future__ import annotations

import re

import pytest

from orchkit.errors import InputError
from orchkit.model.catalogue import Catalogue
from orchkit.views.features import feature_rows
from orchkit.views.place import Place

HERE = Place(base="/h/")


def sections(html: str) -> dict[str, list[tuple[str, list[str]]]]:
    """By row: each value with the tools that have it."""
    found = {}
    for row, body in re.findall(r'<h3 id="([^"]+)">.*?</h3>(.*?)</dl>', html, re.DOTALL):
        pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", body, re.DOTALL)
        found[row] = [(value, re.findall(r"/h/tools/([^/]+)/#feature-" + row, text)) for value, text in pairs]
    return found


def test_each_tool_stands_once_in_each_row(catalogue: Catalogue) -> None:
    for name, group in catalogue.features.items():
        found = sections(feature_rows(catalogue, HERE, name))
        assert list(found) == list(group.features)
        for row, values in found.items():
            listed = [tool for _, tools in values for tool in tools]
            assert sorted(listed) == sorted(tool for tool, record in catalogue.tools.items() if record.features)
            for said, tools in values:
                for tool in tools:
                    value = catalogue.tools[tool].features[row].value
                    assert said == ("Unknown" if value is None else value.replace("-", " ")) or value not in group.features[row].values


def test_what_gives_more_comes_first_and_what_nobody_has_is_said(catalogue: Catalogue) -> None:
    html = feature_rows(catalogue, HERE, "failure")
    retries = catalogue.features["failure"].features["retries"]
    assert [value for value, _ in sections(html)["retries"]] == [value.replace("-", " ") for value in reversed(retries.values)]
    tools = {
        name: tool.model_copy(update={"features": {**tool.features, "retries": tool.features["retries"].model_copy(update={"value": "none"})}})
        for name, tool in catalogue.tools.items()
        if tool.features
    }
    drawn = feature_rows(catalogue.model_copy(update={"tools": tools}), HERE, "failure")
    assert re.search(r"<dt>conditional</dt>\s*<dd>[^<]*: nobody</dd>", drawn)


def test_an_unknown_group_names_those_that_there_are(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="unknown group of features `failures`"):
        feature_rows(catalogue, HERE, "failures")
