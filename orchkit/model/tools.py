"""A tool: identity and prose facts, scores, and the deployments in which it can be had."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import StrictBool, model_validator

from orchkit.model.base import Id, Record, Text, Url
from orchkit.model.evidence import Citation, Fact, Score, Supported
from orchkit.model.features import FeatureValue


class Kind(StrEnum):
    """What sort of thing it is."""

    ORCHESTRATOR = "orchestrator"
    TRACKER = "tracker"
    SCRIPT = "script"
    PLATFORM = "platform"


class Point(Supported):
    """A strength, a weakness or a limit, with what supports it."""

    text: Text


class Identity(Record):
    """Who owns it, under which licence, in which version, on which Python."""

    licence: Fact
    owner: Fact
    governance: Fact
    first_release: Fact
    current_version: Fact
    python_versions: Fact


IDENTITY = {
    "licence": "Licence",
    "owner": "Owner",
    "governance": "Governance",
    "first_release": "First release",
    "current_version": "Current version",
    "python_versions": "Python",
}
"""What each field of `Identity` is called."""


class Level(StrEnum):
    """How much work it is to leave."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class LockIn(Supported):
    """What it would take to leave."""

    level: Level
    why: Text
    """What decides the level."""
    portable: Text
    """What can be taken along as it is: code, data, definitions, history."""
    way_out: Text
    """The first steps of a departure, and what each costs."""


class ToolRecord(Record):
    """The authored file `tool.yaml`."""

    name: Text
    short: Text
    """Name for narrow columns."""
    kind: Kind
    ranked: StrictBool
    """Whether it is scored and ranked; `why_not_ranked` says why not."""
    why_not_ranked: Text | None = None
    homepage: Url
    summary: Text
    """Two plain sentences: what it is and how it thinks."""
    mental_model: Text
    """What a workflow, a task and a run are in this tool."""
    choose_when: tuple[Text, ...]
    avoid_when: tuple[Text, ...]
    identity: Identity
    strengths: tuple[Point, ...]
    weaknesses: tuple[Point, ...]
    breaks: tuple[Point, ...] = ()
    """What goes wrong at 3 a.m.: what is seen, why, and what ends it, each with the issue or page where that can be read."""
    support: Fact | None = None
    """Which versions get fixes, and for how long."""
    vulnerabilities: tuple[Point, ...] = ()
    """Published advisories that an operator has to know, with the first version that is mended."""
    market: tuple[Point, ...] = ()
    """What a buyer must know of the company and its terms: purchases, changes of licence, prices that moved, products that end."""
    lock_in: LockIn | None = None
    alternatives: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if not self.ranked and self.why_not_ranked is None:
            msg = "a tool with `ranked: false` needs `why_not_ranked`"
            raise ValueError(msg)
        return self


class ScoresRecord(Record):
    """The authored file `scores.yaml`: one judgement a criterion."""

    scores: dict[Id, Score]


class Operator(StrEnum):
    """Who runs the control plane of a deployment."""

    SELF_HOSTED = "self_hosted"
    MANAGED = "managed"


class TraitValue(Record):
    """Whether a deployment has a trait, or `null` with the reason why that is unknown. What is unknown excludes nothing."""

    value: StrictBool | None
    why: Text | None = None
    """Wanted when the value is null; else where the sources need a word of explanation."""
    sources: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _supported(self) -> Self:
        if self.value is None and self.why is None:
            msg = "an unknown trait needs `why`: the reason why it is unknown"
            raise ValueError(msg)
        if self.value is not None and not self.sources:
            msg = "a trait needs `sources`: where it can be read"
            raise ValueError(msg)
        return self


class Deployment(Record):
    """One way in which a tool can be had: by itself, or as somebody's service."""

    name: Text
    operator: Operator
    provider: Text
    """Who runs it: a company, or `your own team`."""
    summary: Text
    kubernetes_required: StrictBool | None
    """Whether the reader must run Kubernetes; null when unknown, with the reason in `limits`."""
    traits: dict[Id, TraitValue] = {}
    """Facts that the advisor's constraints test, by the ids in `advice/constraints.yaml`; one that is absent is unknown."""
    limits: tuple[Point, ...] = ()
    scores: dict[Id, Score] = {}
    """Scores of its own, where they differ from the tool's, with their own evidence."""
    sources: tuple[Citation, ...]


class DeploymentsRecord(Record):
    """The authored file `deployments.yaml`."""

    deployments: dict[Id, Deployment]


class Tool(Record):
    """Everything known about one tool."""

    id: Id
    facts: ToolRecord
    scores: dict[Id, Score]
    deployments: dict[Id, Deployment]
    features: dict[Id, FeatureValue] = {}
    """What its documentation says, by row of the feature tables; a row that is absent was not looked up."""
