"""Ten steps from raw rows to a reported model. Each takes paths and returns one, as text, because every tool can carry text.

``EDGES`` says whose output goes where. Everything a step writes lies in its run's folder; nothing here draws an unseeded number.
"""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import joblib
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from .log import STEPS, asked, step

__all__ = ["EDGES", "REGULARISATION", "STEPS"]

SEED = 7
REGULARISATION = 1.0
"""The parameter of training that runs differ in."""
TEST_SHARE = 0.3
DECIMALS = 6
"""Digits that summaries are rounded to."""
REQUIRED_ACCURACY = 0.9
TARGET = "malignant"

EDGES = (
    ("load", "validate"),
    ("validate", "split"),
    ("split", "features"),
    ("features", "train"),
    ("train", "evaluate"),
    ("features", "evaluate"),
    ("evaluate", "compare"),
    ("train", "register"),
    ("compare", "register"),
    ("register", "package"),
    ("evaluate", "report"),
    ("compare", "report"),
    ("package", "report"),
)


@step
def load(run: str) -> str:
    """Write the raw rows: 569 samples with thirty measured features, as they come with scikit-learn."""
    data = load_breast_cancer()
    target = _in(run, "raw.csv")
    rows = [[*map(float, row), 1 - int(label)] for row, label in zip(data.data, data.target, strict=True)]
    _write_rows(target, [*data.feature_names, TARGET], rows)
    return str(target)


@step
def validate(run: str, raw: str) -> str:
    """Refuse rows that no model may be trained on; write what was checked."""
    names, rows = _read_rows(raw)
    problems = [f"row {number}: {len(row)} values" for number, row in enumerate(rows) if len(row) != len(names)]
    problems += [f"row {number}: a negative value" for number, row in enumerate(rows) if min(row) < 0]
    if problems or {row[-1] for row in rows} != {0.0, 1.0}:
        msg = f"the data cannot be used: {'; '.join(problems) or 'one class only'}"
        raise ValueError(msg)
    return _write_json(_in(run, "validated.json"), {"raw": raw, "rows": len(rows), "columns": len(names), "sha256": _digest(raw)})


@step
def split(run: str, validated: str) -> str:
    """Cut the rows into two parts, stratified by the target."""
    names, rows = _read_rows(_read_json(validated)["raw"])
    parts = train_test_split(rows, test_size=TEST_SHARE, random_state=SEED, stratify=[row[-1] for row in rows])
    folder = _in(run, "split")
    for name, part in zip(("train", "test"), parts, strict=True):
        _write_rows(folder / f"{name}.csv", names, part)
    return str(folder)


@step
def features(run: str, parts: str) -> str:
    """Scale both parts by what the training part alone says."""
    scaler = StandardScaler()
    folder = _in(run, "features")
    for name in ("train", "test"):
        rows = _read_rows(Path(parts, f"{name}.csv"))[1]
        inputs, target = [row[:-1] for row in rows], [row[-1] for row in rows]
        scaled = scaler.fit_transform(inputs) if name == "train" else scaler.transform(inputs)
        if asked("wrong") == "features" and name == "train":
            target = [1 - label for label in target]
        _dump((scaled, target), folder / f"{name}.joblib")
    _dump(scaler, folder / "scaler.joblib")
    return str(folder)


@step
def train(run: str, inputs: str, regularisation: float = REGULARISATION) -> str:
    """Fit a logistic regression."""
    values, target = joblib.load(Path(inputs, "train.joblib"))
    model = LogisticRegression(C=regularisation, max_iter=500, random_state=SEED).fit(values, target)
    return str(_dump(model, _in(run, "model.joblib")))


@step
def evaluate(run: str, model: str, inputs: str) -> str:
    """Measure the model on rows that it has not seen."""
    values, target = joblib.load(Path(inputs, "test.joblib"))
    fitted = joblib.load(model)
    found = {
        "regularisation": fitted.C,
        "accuracy": round(float(accuracy_score(target, fitted.predict(values))), DECIMALS),
        "roc_auc": round(float(roc_auc_score(target, fitted.predict_proba(values)[:, 1])), DECIMALS),
    }
    return _write_json(_in(run, "metrics.json"), found)


@step
def compare(run: str, metrics: str) -> str:
    """Decide whether the model is good enough to be offered."""
    accuracy = _read_json(metrics)["accuracy"]
    return _write_json(_in(run, "decision.json"), {"accepted": accuracy >= REQUIRED_ACCURACY, "accuracy": accuracy, "required": REQUIRED_ACCURACY})


@step
def register(run: str, model: str, decision: str, token: str = "") -> str:
    """Enter the model into the registry, a folder; `token` is what a real registry would ask for."""
    entry = {"model": model, "sha256": _digest(model), "accepted": _read_json(decision)["accepted"], "signed": bool(token)}
    return _write_json(_in(run, "registry/entry.json"), entry)


@step
def package(run: str, entry: str) -> str:
    """Pack the model and its entry; the same input makes the same bytes."""
    target = _in(run, "package.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (("entry.json", Path(entry).read_bytes()), ("model.joblib", Path(_read_json(entry)["model"]).read_bytes())):
            archive.writestr(zipfile.ZipInfo(name), content)
    return str(target)


@step
def report(run: str, metrics: str, decision: str, packed: str) -> str:
    """Say in a few lines what came out."""
    found, decided = _read_json(metrics), _read_json(decision)
    lines = [
        "# Training run",
        f"regularisation: {found['regularisation']}",
        f"accuracy: {found['accuracy']}, required {decided['required']}",
        f"accepted: {'yes' if decided['accepted'] else 'no'}",
        f"package: {Path(packed).name}, {_digest(packed)[:12]}",
    ]
    target = _in(run, "report.md")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(target)


@step
def announce(run: str, written: str) -> str:
    """Tell others about the report: the eleventh step, which a case adds to a workflow that is there."""
    return _write_json(_in(run, "announced.json"), {"report": written, "sha256": _digest(written)})


@step
def list_shards(run: str) -> list[str]:
    """Name the parts that a fan-out works on: how many there are is known only now."""
    return [str(_in(run, f"shards/{number}.json")) for number in range(int(asked("shards") or 0))]


@step
def shard(path: str) -> str:
    """Work on one part of a fan-out."""
    return _write_json(Path(path), {"part": Path(path).stem, "rows": len(load_breast_cancer().data)})


@step
def gather(run: str, shards: list[str]) -> str:
    """Bring the parts of a fan-out together."""
    return _write_json(_in(run, "gathered.json"), {"parts": sorted(_read_json(path)["part"] for path in shards)})


def numbers(path: str) -> dict[str, float]:
    """Sum up an artefact in a few numbers that a tool can keep beside a step, so that two runs can be compared by them."""
    artefact = Path(path)
    if artefact.name == "features":
        values, target = joblib.load(artefact / "train.joblib")
        return {"rows": float(len(target)), "share": round(sum(target) / len(target), DECIMALS), "spread": round(float(values.std()), DECIMALS)}
    if artefact.name == "split":
        rows = _read_rows(artefact / "train.csv")[1]
        return {"rows": float(len(rows)), "share": round(sum(row[-1] for row in rows) / len(rows), DECIMALS)}
    if artefact.suffix == ".json":
        return {name: float(value) for name, value in _read_json(path).items() if isinstance(value, int | float)}
    return {"bytes": float(artefact.stat().st_size)}


def _in(run: str, name: str) -> Path:
    target = Path(run, name)
    (target if not target.suffix else target.parent).mkdir(parents=True, exist_ok=True)
    return target


def _write_rows(path: Path, names: list[str], rows: list[list[float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])


def _read_rows(path: str | Path) -> tuple[list[str], list[list[float]]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return names, [[float(value) for value in row] for row in rows]


def _write_json(path: Path, content: dict[str, Any]) -> str:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return str(path)


def _read_json(path: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return content


def _dump(value: Any, path: Path) -> Path:
    joblib.dump(value, path)
    return path


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
