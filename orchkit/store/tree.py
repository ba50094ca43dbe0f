"""The folder `checklists/` → the catalogue."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from orchkit.errors import DataError, Problem
from orchkit.model.advice import Combination, Constraints, DerivedWeights, Framework, Outcomes, QuestionBank, Teams
from orchkit.model.cases import Case
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist
from orchkit.model.companions import Companion
from orchkit.model.costs import CategoriesRecord, CostCase, CostedDeployment, Costs, PricesRecord, WorkloadsRecord
from orchkit.model.criteria import Criteria, Profile
from orchkit.model.features import FeatureGroup, FeaturesRecord, FeatureValue
from orchkit.model.hits import CaseRuns
from orchkit.model.lab import LabCases
from orchkit.model.migrations import Migration
from orchkit.model.published import PublishedSet
from orchkit.model.records import LabRecord
from orchkit.model.sources import Dataset, Source
from orchkit.model.tools import DeploymentsRecord, ScoresRecord, Tool, ToolRecord
from orchkit.store.evidence import newest, read_evidence
from orchkit.store.records import Located, read_record

Model = TypeVar("Model", bound=BaseModel)
Ordered = TypeVar("Ordered", Profile, FeatureGroup, Migration)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_VERSION = re.compile(r"\d+\.\d+\Z")

MAX_BYTES = 2_000_000
"""No authored file needs more."""

SCHEMAS: dict[str, type[BaseModel]] = {
    "dataset": Dataset,
    "source": Source,
    "criteria": Criteria,
    "profile": Profile,
    "published": PublishedSet,
    "tool": ToolRecord,
    "scores": ScoresRecord,
    "deployments": DeploymentsRecord,
    "feature-group": FeatureGroup,
    "features": FeaturesRecord,
    "companion": Companion,
    "migration": Migration,
    "checklist": Checklist,
    "questions": QuestionBank,
    "constraints": Constraints,
    "framework": Framework,
    "weights": DerivedWeights,
    "outcomes": Outcomes,
    "combination": Combination,
    "teams": Teams,
    "cost-categories": CategoriesRecord,
    "prices": PricesRecord,
    "workloads": WorkloadsRecord,
    "costed-deployment": CostedDeployment,
    "cost-case": CostCase,
    "case": Case,
    "hits": CaseRuns,
    "lab": LabCases,
}
"""The kinds of authored file, each by the name of its JSON Schema."""


@dataclass
class Tree:
    """A dataset folder as read: the catalogue where it could be built, and every problem found on the way."""

    root: Path
    files: dict[str, Located] = field(default_factory=dict)
    """Each file that could be read, by its path below the repository root."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The schema name of each of those files."""
    evidence: dict[str, dict[str, LabRecord]] = field(default_factory=dict)
    """The lab's records by tool and by name; none where one of them cannot be read, which is a problem."""
    problems: list[Problem] = field(default_factory=list)
    catalogue: Catalogue | None = None


def read_tree(folder: Path) -> Tree:
    """Read all of `folder`, collecting problems instead of stopping at the first."""
    with _without_collection():
        return _read_all(folder)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let the garbage collector rest. What is read stays, and to look at all of it again and again takes a quarter of a thousand tools' time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_all(folder: Path) -> Tree:
    folder = folder.resolve()
    tree = Tree(folder.parent)
    if not (folder / "dataset.yaml").is_file():
        tree.problems.append(Problem(str(folder), "is not a dataset: it has no dataset.yaml", "Name the folder `checklists` of a checkout"))
        return tree
    parts: dict[str, Any] = {
        "dataset": _read(tree, folder / "dataset.yaml", "dataset", Dataset),
        "criteria": getattr(_read(tree, folder / "criteria.yaml", "criteria", Criteria), "criteria", None),
        "sources": _read_folder(tree, folder / "sources", "source", Source),
        "profiles": _in_order(_read_folder(tree, folder / "profiles", "profile", Profile)),
        "published": _read_folder(tree, folder / "published", "published", PublishedSet),
        "tools": {name: tool for name, path in _entries(tree, folder / "tools", Path.is_dir) if (tool := _read_tool(tree, path, name))},
        "checklists": {name: versions for name, path in _entries(tree, folder / "lists", Path.is_dir) if (versions := _read_versions(tree, path))},
        "features": _in_order(_read_folder(tree, folder / "features", "feature-group", FeatureGroup)),
        "companions": _read_folder(tree, folder / "companions", "companion", Companion),
        "migrations": _in_order(_read_folder(tree, folder / "migrations", "migration", Migration)),
        "costs": _read_costs(tree, folder / "costs"),
        "cases": _read_folder(tree, folder / "cases", "case", Case),
    }
    if (folder / "lab.yaml").is_file():
        parts["lab_cases"] = _read(tree, folder / "lab.yaml", "lab", LabCases)
        _read_records(tree, folder)
        parts["lab"] = newest(tree.evidence)
    if (folder / "hits.yaml").is_file():
        parts["hits"] = _read(tree, folder / "hits.yaml", "hits", CaseRuns)
    if (folder / "advice").is_dir():
        parts["advice"] = _read_advice(tree, folder / "advice")
    if not tree.problems:
        tree.catalogue = Catalogue.model_validate(parts)
    return tree


def load_tree(folder: Path) -> Catalogue:
    """Read all of `folder`. Raises `DataError` with every problem in it."""
    tree = read_tree(folder)
    if tree.catalogue is None:
        raise DataError(sorted(tree.problems))
    return tree.catalogue


def _read(tree: Tree, path: Path, kind: str, model: type[Model]) -> Model | None:
    shown_as = path.relative_to(tree.root).as_posix()
    if not path.is_file():
        tree.problems.append(Problem(shown_as, "is missing", f"Add it; its schema is checklists/schema/{kind}.json"))
        return None
    try:
        record, located = read_record(path, tree.root, model, max_bytes=MAX_BYTES)
    except DataError as error:
        tree.problems.extend(error.problems)
        return None
    tree.files[shown_as] = located
    tree.kinds[shown_as] = kind
    return record


def _entries(tree: Tree, folder: Path, wanted: Callable[[Path], bool]) -> Iterator[tuple[str, Path]]:
    """Yield (id, path) in order of id; a name that is no id is a problem."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not wanted(path):
            continue
        name = path.name if path.is_dir() else path.stem
        if _ID.match(name):
            yield name, path
        else:
            tree.problems.append(
                Problem(path.relative_to(tree.root).as_posix(), f"`{name}` is no id", "Use lower-case letters, digits and single hyphens")
            )


def _is_yaml(path: Path) -> bool:
    return path.suffix == ".yaml"


def _read_folder(tree: Tree, folder: Path, kind: str, model: type[Model]) -> dict[str, Model]:
    return {name: record for name, path in _entries(tree, folder, _is_yaml) if (record := _read(tree, path, kind, model))}


def _in_order(records: dict[str, Ordered]) -> dict[str, Ordered]:
    return dict(sorted(records.items(), key=lambda item: item[1].order))


def _read_tool(tree: Tree, folder: Path, name: str) -> Tool | None:
    facts = _read(tree, folder / "tool.yaml", "tool", ToolRecord)
    scores = _read(tree, folder / "scores.yaml", "scores", ScoresRecord)
    deployments = _read(tree, folder / "deployments.yaml", "deployments", DeploymentsRecord)
    features = (
        _read(tree, folder / "features.yaml", "features", FeaturesRecord) if (folder / "features.yaml").exists() else FeaturesRecord(features={})
    )
    if facts is None or scores is None or deployments is None or features is None:
        return None
    return Tool(
        id=name,
        facts=facts,
        scores=scores.scores,
        deployments=deployments.deployments,
        features={name: FeatureValue.model_validate(dict(one)) for name, one in features.features.items()},
    )


def _read_records(tree: Tree, folder: Path) -> None:
    try:
        tree.evidence = read_evidence(folder)
    except DataError as error:
        tree.problems.extend(error.problems)


def _read_advice(tree: Tree, folder: Path) -> dict[str, Any]:
    """Read the advisor's questions and rules. A dataset may do without them; where there are some, all have to be there."""
    frameworks = _read_folder(tree, folder / "frameworks", "framework", Framework)
    return {
        "bank": _read(tree, folder / "questions.yaml", "questions", QuestionBank),
        "constraints": _read(tree, folder / "constraints.yaml", "constraints", Constraints),
        "frameworks": dict(sorted(frameworks.items(), key=lambda item: item[1].order)),
        "weights": _read(tree, folder / "weights.yaml", "weights", DerivedWeights),
        "outcomes": _read(tree, folder / "outcomes.yaml", "outcomes", Outcomes),
        "combination": _read(tree, folder / "combination.yaml", "combination", Combination),
        "teams": getattr(_read(tree, folder / "teams.yaml", "teams", Teams), "teams", {}),
    }


def _read_costs(tree: Tree, folder: Path) -> Costs:
    """Read what things cost; a dataset may say nothing about it."""
    if not folder.is_dir():
        return Costs()
    return Costs(
        categories=_read(tree, folder / "categories.yaml", "cost-categories", CategoriesRecord),
        prices=_read_folder(tree, folder / "prices", "prices", PricesRecord),
        workloads=_read(tree, folder / "workloads.yaml", "workloads", WorkloadsRecord),
        deployments=_read_folder(tree, folder / "deployments", "costed-deployment", CostedDeployment),
        cases=_read_folder(tree, folder / "cases", "cost-case", CostCase),
    )


def _read_versions(tree: Tree, folder: Path) -> dict[str, Checklist]:
    """Read every version of one checklist, oldest first."""
    found: dict[str, Checklist] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: [int(part) if part.isdigit() else 0 for part in path.stem.split(".")]):
        if not _VERSION.match(path.stem):
            tree.problems.append(
                Problem(path.relative_to(tree.root).as_posix(), f"`{path.stem}` is no version", "Name the file MAJOR.MINOR.yaml, like 1.0.yaml")
            )
        elif checklist := _read(tree, path, "checklist", Checklist):
            found[path.stem] = checklist
    return found
