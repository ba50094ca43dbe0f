"""Facts of a deployment, as rules test them."""

from __future__ import annotations

from collections.abc import Mapping

from orchkit.model.tools import Deployment

OPERATOR, KUBERNETES = "operator", "kubernetes-required"
"""Facts that every deployment has as fields of its own; all others are traits."""


def fact(deployment: Deployment, name: str) -> bool | str | None:
    """Return one fact; None where nobody knows it."""
    if name == OPERATOR:
        return deployment.operator.value
    if name == KUBERNETES:
        return deployment.kubernetes_required
    trait = deployment.traits.get(name)
    return trait.value if trait else None


def meets(deployment: Deployment, test: Mapping[str, bool | str]) -> bool:
    """Say whether all facts are known and as the test has them."""
    return all(fact(deployment, name) == wanted for name, wanted in test.items())
