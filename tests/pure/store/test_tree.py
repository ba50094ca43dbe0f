"""The folder `checklists/` to the catalogue: what is read, in which order, and what is said when it is not whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchkit.errors import DataError
from orchkit.model.catalogue import Catalogue
from orchkit.store.tree import load_tree, read_tree


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of the dataset that a test may spoil."""
    return Path(shutil.copytree(root / "checklists", tmp_path / "checklists", ignore=shutil.ignore_patterns("schema")))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_ids_are_names_of_files_and_folders(catalogue: Catalogue) -> None:
    assert set(catalogue.tools) >= {"airflow", "prefect", "kubeflow-pipelines", "metaflow", "zenml", "dagster"}
    assert all(tool.id == name for name, tool in catalogue.tools.items())
    assert set(catalogue.published) >= {"engineersofai"}
    assert list(catalogue.checklists["production-adoption"])[0] == "1.0"  # noqa: RUF015 - the order is what is tested


def test_profiles_come_the_smallest_team_first(catalogue: Catalogue) -> None:
    assert list(catalogue.profiles)[:3] == ["startup", "growth", "enterprise"]


def test_criteria_come_in_the_order_of_the_file(catalogue: Catalogue) -> None:
    expected = "learning-curve ml-features dynamic-workflows kubernetes-free cloud-portability community observability local-development"
    assert list(catalogue.criteria)[:8] == expected.split()


def test_versions_of_a_checklist_come_oldest_first(checkout: Path) -> None:
    folder = checkout / "lists" / "production-adoption"
    for version in ("1.10", "1.9", "2.0"):
        shutil.copy(folder / "1.0.yaml", folder / f"{version}.yaml")
    catalogue = load_tree(checkout)
    assert list(catalogue.checklists["production-adoption"]) == ["1.0", "1.9", "1.10", "2.0"]
    assert catalogue.latest_version("production-adoption") == "2.0"


def test_every_file_is_known_by_its_schema(checkout: Path) -> None:
    tree = read_tree(checkout)
    assert set(tree.kinds) == set(tree.files) == {path.relative_to(checkout.parent).as_posix() for path in checkout.rglob("*.yaml")}
    assert tree.kinds["checklists/tools/airflow/scores.yaml"] == "scores"


def replace_with_folder(folder: Path) -> None:
    (folder / "criteria.yaml").unlink()
    (folder / "criteria.yaml").mkdir()


WRONG: list[tuple[str, Callable[[Path], object], str]] = [
    (
        "a missing file",
        lambda folder: (folder / "criteria.yaml").unlink(),
        "checklists/criteria.yaml: is missing. Add it; its schema is checklists/schema/criteria.json.",
    ),
    (
        "a missing file of a tool",
        lambda folder: (folder / "tools/zenml/scores.yaml").unlink(),
        "checklists/tools/zenml/scores.yaml: is missing. Add it; its",
    ),
    (
        "a folder where a file belongs",
        replace_with_folder,
        "checklists/criteria.yaml: is missing",
    ),
    (
        "a folder that is no id",
        lambda folder: (folder / "tools/ZenML").mkdir(),
        "checklists/tools/ZenML: `ZenML` is no id. Use lower-case letters, digits and single",
    ),
    (
        "a copy beside the original",
        lambda folder: shutil.copytree(folder / "tools/zenml", folder / "tools/zenml.old"),
        "checklists/tools/zenml.old: `zenml.old` is no id",
    ),
    ("a file that is no id", lambda folder: (folder / "sources/My Blog.yaml").touch(), "checklists/sources/My Blog.yaml: `My Blog` is no id."),
    ("a file with two dots", lambda folder: (folder / "sources/zenml.old.yaml").touch(), "checklists/sources/zenml.old.yaml: `zenml.old` is no id."),
    (
        "a version that is none",
        lambda folder: (folder / "lists/production-adoption/draft.yaml").touch(),
        "checklists/lists/production-adoption/draft.yaml: `draft` is no version. Name the file MAJOR.MINOR.yaml, like 1.0.yaml.",
    ),
    (
        "a wrong value",
        lambda folder: edit(folder / "tools/airflow/scores.yaml", "learning-curve:\n    value: 3", "learning-curve:\n    value: 9"),
        "checklists/tools/airflow/scores.yaml:4: scores.learning-curve.value: 9 is more than 5. Write a number inside the allowed range.",
    ),
    (
        "a file of fifty megabytes",
        lambda folder: os.truncate(folder / "criteria.yaml", 50_000_000),
        "checklists/criteria.yaml: has more than the 2,000,000 bytes that are read",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_with_its_file(checkout: Path, spoil: Callable[[Path], object], message: str) -> None:
    spoil(checkout)
    with pytest.raises(DataError) as caught:
        load_tree(checkout)
    (problem,) = caught.value.problems
    assert str(problem).startswith(message)


def test_problems_of_all_files_are_said_at_once_in_order(checkout: Path) -> None:
    edit(checkout / "tools/zenml/scores.yaml", "value: 3", "value: three")
    edit(checkout / "dataset.yaml", "licence:", "license:")
    with pytest.raises(DataError) as caught:
        load_tree(checkout)
    places = [problem.place.split(":")[0] for problem in caught.value.problems]
    assert places == ["checklists/dataset.yaml", "checklists/dataset.yaml", "checklists/tools/zenml/scores.yaml"]


def test_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"is not a dataset: it has no dataset\.yaml\. Name the folder `checklists` of a checkout\.$"):
        load_tree(tmp_path)
