"""Tools: a tool that is not ranked says why; true and false are written as such."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from orchkit.model.tools import DeploymentsRecord, ToolRecord
from tests.strategies import citation, tool_data


def test_a_tool_that_is_not_ranked_says_why() -> None:
    assert not ToolRecord.model_validate(tool_data("luigi", ranked=False)).ranked
    with pytest.raises(ValidationError, match="a tool with `ranked: false` needs `why_not_ranked`"):
        ToolRecord.model_validate({**tool_data("luigi"), "ranked": False})


@pytest.mark.parametrize("almost", ["true", "No", 1, 0, None], ids=repr)
def test_only_true_and_false_are_true_and_false(almost: Any) -> None:
    with pytest.raises(ValidationError, match="boolean"):
        ToolRecord.model_validate({**tool_data("luigi"), "ranked": almost})


@pytest.mark.parametrize("required", [True, False, None], ids=repr)
def test_whether_a_cluster_is_needed_may_be_unknown(required: Any) -> None:
    deployment = {"name": "By itself", "operator": "self_hosted", "provider": "your own team", "summary": "It runs.", "sources": [citation()]}
    record = DeploymentsRecord.model_validate({"deployments": {"open-source": {**deployment, "kubernetes_required": required}}})
    assert record.deployments["open-source"].kubernetes_required is required
