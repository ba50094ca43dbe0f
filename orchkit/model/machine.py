"""What something was measured on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from orchkit.model.base import Record, Text


class Machine(Record):
    """What a run was measured on. It has no name."""

    processor: Text
    cores: Annotated[int, Field(ge=1)]
    memory_gb: float
    system: Text
    load_before: Annotated[float, Field(ge=0)]
    """Processes that were running before the run began, over the last minute: on a quiet machine about 0. Times mean little where it is not."""
