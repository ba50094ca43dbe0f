"""Of the frozen releases a browser keeps one for use without network."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchkit.site.offline import write_service_worker


@pytest.mark.parametrize("release", ["2026.10.0", None])
def test_the_service_worker_keeps_the_release_that_is_named_and_no_other(root: Path, tmp_path: Path, release: str | None) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    for name in ("2026.9.0", "2026.10.0", "index"):
        (tmp_path / "releases" / f"{name}.json").write_text("{}", encoding="utf-8")
    kept = write_service_worker(root, tmp_path, release)
    worker = (tmp_path / "sw.js").read_text(encoding="utf-8")
    assert [name for name in ("2026.9.0", "2026.10.0", "index") if f"releases/{name}.json" in worker] == ([release] if release else [])
    assert "index.html" in worker
    assert kept.files == (2 if release else 1)
