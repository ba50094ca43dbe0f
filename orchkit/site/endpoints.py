"""What the static API consists of: one line an endpoint, from which the files, their description and the handbook's table are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from orchkit.model.base import Id, Record
from orchkit.model.cases import Case
from orchkit.model.catalogue import Catalogue
from orchkit.model.checklist import Checklist, ChecklistVersion
from orchkit.model.costs import CostedDeployment, PricesRecord
from orchkit.model.criteria import Criterion, Profile
from orchkit.model.hits import CaseRuns
from orchkit.model.published import PublishedSet
from orchkit.model.releases import FrozenRelease, ReleaseIndex
from orchkit.model.sources import Release, Source
from orchkit.model.tools import Kind, Tool

SCHEMA_VERSION = 1


class Answer(Record):
    """What every file of the API begins with."""

    schema_version: int
    """Of the API. Within one version fields are added, never removed or renamed."""
    dataset_version: Release
    """The dataset that the file was made from."""
    generated_at: str
    """When, in UTC, as 2026-11-21T00:00:00+00:00."""


class Index(Answer):
    """Every file of the API."""

    paths: tuple[str, ...]
    """Below api/v1/."""
    description: str
    """The OpenAPI description of all of them, below api/v1/."""


class ToolSummary(Record):
    """One line of the list of tools."""

    id: Id
    name: str
    kind: Kind
    ranked: bool


class ToolsAnswer(Answer):
    """Every tool, briefly."""

    tools: tuple[ToolSummary, ...]


class ToolAnswer(Answer):
    """Everything recorded about one tool."""

    tool: Tool


class CriteriaAnswer(Answer):
    """Every criterion by id."""

    criteria: dict[Id, Criterion]


class SourcesAnswer(Answer):
    """The bibliography by id."""

    sources: dict[Id, Source]


class CasesAnswer(Answer):
    """Published decisions of real teams by id, and how the advice fared on them when it was first run."""

    cases: dict[Id, Case]
    hits: CaseRuns


class NamedProfile(Profile):
    """A weight profile with its id."""

    id: Id


class ProfileAnswer(Answer):
    """One weight profile."""

    profile: NamedProfile


class NamedPublishedSet(PublishedSet):
    """A source's matrix with its id."""

    id: Id


class PublishedAnswer(Answer):
    """One source's matrix and totals as printed."""

    published: NamedPublishedSet


class NamedDeployment(CostedDeployment):
    """A costed deployment with its id."""

    id: Id


class DeploymentAnswer(Answer):
    """The lines of one costed deployment."""

    deployment: NamedDeployment


class NamedPrices(PricesRecord):
    """A provider's prices with their id."""

    id: Id


class PricesAnswer(Answer):
    """One provider's prices."""

    prices: NamedPrices


class NamedChecklist(Checklist):
    """A version of a checklist with its name."""

    id: Id
    version: ChecklistVersion


class ChecklistAnswer(Answer):
    """One version of one checklist."""

    checklist: NamedChecklist


class PublishedRelease(FrozenRelease):
    """A frozen release, and where it stands."""

    version: Release
    path: str
    """Below the site's address."""


class ReleasesAnswer(Answer):
    """Every frozen release, oldest first."""

    releases: tuple[PublishedRelease, ...]


Parameters = Mapping[str, str]
Named = Iterator[tuple[Parameters, dict[str, Any]]]


class Endpoint(NamedTuple):
    """One kind of file."""

    path: str
    """Below api/v1/, parameters in braces."""
    model: type[Answer]
    summary: str
    files: Callable[[Catalogue, ReleaseIndex], Named]
    """Yields (parameters, content beyond what every file begins with) for each file."""


def _dumped(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json")


def _alone(content: dict[str, Any]) -> Named:
    yield {}, content


def _each(parameter: str, field: str, records: Mapping[str, Record], *, named: bool = True) -> Named:
    for name, record in records.items():
        yield {parameter: name}, {field: ({"id": name} if named else {}) | _dumped(record)}


def _all(field: str, records: Mapping[str, Record]) -> Named:
    return _alone({field: {name: _dumped(record) for name, record in records.items()}})


def _tools(catalogue: Catalogue) -> Named:
    lines = (ToolSummary(id=name, name=tool.facts.name, kind=tool.facts.kind, ranked=tool.facts.ranked) for name, tool in catalogue.tools.items())
    return _alone({"tools": [_dumped(line) for line in lines]})


def _checklists(catalogue: Catalogue) -> Named:
    for name, versions in catalogue.checklists.items():
        for version, checklist in versions.items():
            yield {"checklist": name, "version": version}, {"checklist": {"id": name, "version": version} | _dumped(checklist)}


def _releases(index: ReleaseIndex) -> Named:
    return _alone(
        {"releases": [{"version": name, "path": f"releases/{name}.json"} | _dumped(release) for name, release in index.releases.items()]},
    )


ENDPOINTS = (
    Endpoint("tools/index.json", ToolsAnswer, "Id, name, kind and whether it is ranked, of every tool", lambda catalogue, _: _tools(catalogue)),
    Endpoint(
        "tools/{tool}.json",
        ToolAnswer,
        "Everything recorded about one tool: facts, scores, deployments",
        lambda catalogue, _: _each("tool", "tool", catalogue.tools, named=False),
    ),
    Endpoint(
        "criteria.json",
        CriteriaAnswer,
        "Question and descriptions of every criterion",
        lambda catalogue, _: _all("criteria", catalogue.criteria),
    ),
    Endpoint("profiles/{profile}.json", ProfileAnswer, "One weight profile", lambda catalogue, _: _each("profile", "profile", catalogue.profiles)),
    Endpoint(
        "checklists/{checklist}/{version}.json",
        ChecklistAnswer,
        "One version of one checklist, which never changes",
        lambda catalogue, _: _checklists(catalogue),
    ),
    Endpoint(
        "costs/deployments/{deployment}.json",
        DeploymentAnswer,
        "The lines of one costed deployment",
        lambda catalogue, _: _each("deployment", "deployment", catalogue.costs.deployments),
    ),
    Endpoint(
        "costs/prices/{provider}.json",
        PricesAnswer,
        "One provider's prices",
        lambda catalogue, _: _each("provider", "prices", catalogue.costs.prices),
    ),
    Endpoint(
        "published/{source}.json",
        PublishedAnswer,
        "One source's matrix and totals as printed",
        lambda catalogue, _: _each("source", "published", catalogue.published),
    ),
    Endpoint("sources.json", SourcesAnswer, "The bibliography", lambda catalogue, _: _all("sources", catalogue.sources)),
    Endpoint(
        "cases.json",
        CasesAnswer,
        "Published decisions of real teams, coded, and how the advice fared on them at first",
        lambda catalogue, _: _alone({"cases": {name: _dumped(case) for name, case in catalogue.cases.items()}, "hits": _dumped(catalogue.hits)}),
    ),
    Endpoint("releases.json", ReleasesAnswer, "Every frozen release with its digest", lambda _, index: _releases(index)),
)


def every_file(catalogue: Catalogue, index: ReleaseIndex) -> Iterator[tuple[Endpoint, Parameters, str, dict[str, Any]]]:
    """Yield (endpoint, parameters, path, content) for every file but the index of all."""
    for endpoint in ENDPOINTS:
        for parameters, content in endpoint.files(catalogue, index):
            yield endpoint, parameters, endpoint.path.format(**parameters), content
