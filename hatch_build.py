"""Build hook: the wheel carries the dataset, compiled from the YAML under checklists/, and the digests of its releases."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "orchkit/_data"


class CompiledDataset(BuildHookInterface):  # type: ignore[type-arg]
    """Compile into a temporary file, never into the working tree: nothing generated may look like a source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled dataset to a wheel; an editable install reads the YAML itself."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from orchkit.store import compile_dataset  # noqa: PLC0415 - only now is the package importable
        from orchkit.store.releases import index_text, read_index  # noqa: PLC0415 - as above

        data = Path(self.root) / "checklists"
        self._folder = tempfile.TemporaryDirectory()
        for name, text in {"catalogue.json": compile_dataset(data), "releases.json": index_text(read_index(data))}.items():
            file = Path(self._folder.name) / name
            file.write_text(text, encoding="utf-8", newline="\n")
            build_data["force_include"][str(file)] = f"{TARGET}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's interface
        """Remove the temporary file once the wheel is written."""
        if version != "editable":
            self._folder.cleanup()
