from __future__ import annotations

from pathlib import Path

import pytest

from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

ANT = "checklists/tools/ant/tool.yaml"
HTTP = f"{ANT}:6: homepage: `http://example.com/ant` is not an https address. Write the address with https.\n"
VERDICT = "docs/index.md:7: `best` stands in one sentence with `Ant`. Say what was seen, without a verdict, or let a macro compute it.\n"


@pytest.fixture
def broken(checkout: Checkout) -> Checkout:
    checkout.replace(ANT, "https://example.com/ant", "http://example.com/ant")
    checkout.replace("docs/index.md", "waits for work", "waits for the best work")
    return checkout


def test_nothing_wrong(orchkit: Run, checkout: Checkout) -> None:
    assert checkout.root == Path.cwd()
    result = orchkit("lint")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "0 problems in 22 records\n", "")


def test_every_problem_is_a_line_and_the_last_line_counts_them(orchkit: Run, broken: Checkout) -> None:
    assert broken.root == Path.cwd()
    result = orchkit("lint")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", HTTP + VERDICT + "2 problems in 22 records\n")


@pytest.mark.parametrize(
    ("paths", "printed"),
    [
        ([ANT], HTTP),
        (["checklists/tools"], HTTP),
        (["docs"], VERDICT),
        (["docs/index.md", "checklists"], HTTP + VERDICT),
        (["."], HTTP + VERDICT),
    ],
)
def test_paths_restrict_what_is_printed(orchkit: Run, broken: Checkout, paths: list[str], printed: str) -> None:
    count = printed.count("\n")
    for written in (paths, [str(broken.root / path) for path in paths]):
        result = orchkit("lint", *written)
        assert result.exit_code == 2
        assert result.stderr == printed + f"{count} problem{'s' if count > 1 else ''} in 22 records\n"


def test_a_path_with_nothing_wrong_in_it(orchkit: Run, broken: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken.root / "checklists" / "tools")
    result = orchkit("lint", "bee")
    assert (result.exit_code, result.stdout) == (0, "0 problems in 22 records\n")


@pytest.mark.parametrize(("path", "fact"), [("absent.yaml", "does not exist"), ("..", "does not lie in the checkout")])
def test_a_path_that_cannot_be_linted(orchkit: Run, checkout: Checkout, path: str, fact: str) -> None:
    assert checkout.root == Path.cwd()
    result = orchkit("lint", path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(f"{path}: {fact}")


def test_a_tree_that_cannot_be_loaded(orchkit: Run, checkout: Checkout) -> None:
    checkout.write(ANT, "name: Ant\nname: Ant\n")
    result = orchkit("lint")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{ANT}:2: the key `name` stands twice, first on line 1. Keep one of the two.\n1 problem in ")
