"""The catalogue: the whole dataset as one record."""

from __future__ import annotations

from typing import Any

from pydantic import field_validator

from orchkit.model.advice import AdviceData
from orchkit.model.base import Id, Record
from orchkit.model.cases import Case
from orchkit.model.checklist import Checklist, ChecklistVersion
from orchkit.model.companions import Companion
from orchkit.model.costs import Costs
from orchkit.model.criteria import Criterion, Measurement, Profile
from orchkit.model.features import FeatureGroup
from orchkit.model.hits import CaseRuns
from orchkit.model.lab import LabCases, LabPass
from orchkit.model.migrations import Migration
from orchkit.model.published import PublishedSet
from orchkit.model.sources import Dataset, Source
from orchkit.model.tools import Tool


class Catalogue(Record):
    """Every authored record by id. What follows from them is computed, never stored here."""

    dataset: Dataset
    sources: dict[Id, Source]
    criteria: dict[Id, Criterion]
    profiles: dict[Id, Profile]
    published: dict[Id, PublishedSet]
    tools: dict[Id, Tool]
    checklists: dict[Id, dict[ChecklistVersion, Checklist]]
    """Every released version of every checklist, oldest first."""
    features: dict[Id, FeatureGroup] = {}
    """The vocabulary of the feature tables, in the order in which they are printed."""
    companions: dict[Id, Companion] = {}
    """What stands beside an orchestrator."""
    migrations: dict[Id, Migration] = {}
    """Ways from one tool to another, in the order in which they are listed."""
    advice: AdviceData = AdviceData()
    """The advisor's questions and rules."""
    costs: Costs = Costs()
    """Prices, and what each deployment is charged."""
    cases: dict[Id, Case] = {}
    """Published decisions of real teams, and the sources' own stories."""
    lab_cases: LabCases = LabCases(cases={})
    """What the lab asks of every tool."""
    lab: dict[Id, LabPass] = {}
    """The newest record of each tool that the lab has run."""
    hits: CaseRuns = CaseRuns()
    """What the advisor said when it was first run on them, and why what misses does."""

    @field_validator("criteria", mode="before")
    @classmethod
    def _measurements_had_no_ids(cls, criteria: Any) -> Any:
        """Leave out the measurements of a dataset frozen when they were a list of texts: nothing there refers to one."""
        if not isinstance(criteria, dict):
            return criteria
        listed = {name for name, one in criteria.items() if isinstance(one, dict) and isinstance(one.get("measurements"), list)}
        return {name: {**one, "measurements": {}} if name in listed else one for name, one in criteria.items()}

    @property
    def ranked_tools(self) -> dict[Id, Tool]:
        """The tools that are scored."""
        return {name: tool for name, tool in self.tools.items() if tool.facts.ranked}

    @property
    def measurements(self) -> dict[Id, tuple[Id, Measurement]]:
        """What can be measured, by id, each with the criterion that it bears on."""
        return {name: (criterion, one) for criterion, about in self.criteria.items() for name, one in about.measurements.items()}

    def latest_version(self, checklist: str) -> str:
        """Return the newest version of a checklist that exists."""
        return next(reversed(self.checklists[checklist]))
