from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pure.cli.conftest import Run
from tests.pure.lint.checkout import Checkout

HEAD = "format: orchkit-decision\ndataset_version: 2026.11.0\n"
DECISION = {"format": "orchkit-decision", "schema_version": 1, "dataset_version": "2026.11.0", "profile": "first"}
RESPONSE = {"checklist": "trial", "version": "1.0"}
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def _json(**parts: object) -> bytes:
    return json.dumps({**DECISION, **parts}).encode()


BAD = [
    # file, content → how each line of the message begins
    ("cut.json", _json()[:-10], ["cut.json:1: is not JSON: "]),
    ("empty.json", b"", ["empty.json:1: is not JSON: "]),
    ("list.json", b"[]", ["list.json: [] is not a mapping. "]),
    ("null.json", b"null", ["null.json: None is not a mapping. "]),
    ("other.json", b'{"openapi": "3.1.0"}', ["other.json: is not a decision file: it has no `format: orchkit-decision`. Choose a file"]),
    ("other-format.json", b'{"format": "x"}', ["other-format.json: is not a decision file"]),
    (
        "newer.json",
        _json(schema_version=2),
        ["newer.json: schema_version: 2 is the format of a newer release; this one reads up to 1. Reload the page, or use a newer orchkit."],
    ),
    ("twice.json", b'{"format": "orchkit-decision", "format": "orchkit-decision"}', ["twice.json: the key `format` stands twice in one object. "]),
    ("nan.json", b'{"format": "orchkit-decision", "weights": {"speed": NaN}}', ["nan.json: `NaN` is not a number that can be computed with. "]),
    ("deep.json", b"[" * 100_000, ["deep.json: is nested more than 32 levels deep. "]),
    ("latin.json", '{"title": "Ärger"}'.encode("latin-1"), ["latin.json: is not UTF-8 text (byte 11). Save it as UTF-8."]),
    ("binary.json", bytes(range(256)), ["binary.json: is not UTF-8 text (byte 128). "]),
    ("unknown.json", _json(shortlst=[]), ["unknown.json: shortlst: unknown field `shortlst`. Did you mean `shortlist`?"]),
    ("type.json", _json(weights=[1]), ["type.json: weights: [1] is not a mapping. "]),
    ("huge-number.json", b'{"format": "orchkit-decision", "weights": {"speed": ' + b"9" * 5000 + b"}}", ["huge-number.json: "]),
    ("infinite.json", _json(weights={"speed": 1}).replace(b"1}", b"1e999}"), ["infinite.json: weights.speed: a finite number is wanted. "]),
    ("text.json", _json(weights={"speed": "3"}), ["text.json: weights.speed: a number is wanted. "]),
    ("negative.json", _json(weights={"speed": -1}), ["negative.json: weights.speed: `-1` is negative. "]),
    ("zero.json", _json(weights={"speed": 0}), ["weights: all weights are zero"]),
    ("scores.json", _json(scores="published:prnted"), ["scores.json: scores: unknown set of scores "]),
    ("profile.json", _json(profile="frist"), ["profile.json: profile: unknown weight profile `frist`. Did you mean `first`?"]),
    ("criterion.json", _json(weights={"spede": 1}), ["criterion.json: weights.spede: unknown criterion `spede`. Did you mean `speed`?"]),
    ("tool.json", _json(shortlist=["ant", "bea"]), ["tool.json: shortlist[1]: unknown tool `bea`. Did you mean `bee`?"]),
    ("own.json", _json(own_scores={"ant": {"speed": {"value": 6, "why": "x"}}}), ["own.json: own_scores.ant.speed.value: 6 is more than 5. "]),
    (
        "checklist.json",
        _json(responses=[RESPONSE | {"checklist": "trail"}]),
        ["checklist.json: responses[0].checklist: unknown checklist `trail`. Did you mean `trial`?"],
    ),
    (
        "version.json",
        _json(responses=[RESPONSE | {"version": "9.9"}]),
        ["version.json: responses[0].version: unknown version `9.9` of checklist `trial`. Known versions: 1.0."],
    ),
    (
        "item.json",
        _json(responses=[RESPONSE | {"answers": {"strts": {}}}]),
        ["item.json: responses[0].answers.strts: unknown item `strts` in checklist `trial` 1.0. Did you mean `starts`?"],
    ),
    (
        "outcome.json",
        _json(responses=[RESPONSE | {"answers": {"starts": {"outcome": "yes"}}}]),
        ["outcome.json: responses[0].answers.starts.outcome: 'yes' is not one of the allowed values. Write one of: 'met'"],
    ),
    (
        "evidence.json",
        _json(responses=[RESPONSE | {"answers": {"starts": {"evidence": "javascript:alert(1)"}}}]),
        ["evidence.json: responses[0].answers.starts.evidence: 'javascript:alert(1)' does not match"],
    ),
    ("bare.json", json.dumps(RESPONSE | {"answers": {"strts": {}}}).encode(), ["bare.json: answers.strts: unknown item `strts`"]),
    ("surrogate.json", b'{"format": "orchkit-decision", "dataset_version": "2026.11.0", "title": "\\ud800"}', ["surrogate.json: title: "]),
    (
        "escape.json",
        b'{"format": "orchkit-decision", "dataset_version": "2026.11.0", "a\\u001b[2J\\nb": 1}',
        ["escape.json: a\\x1b[2J\\nb: unknown field `a\\x1b[2J\\nb`"],
    ),
    ("bomb.yaml", BOMB.encode(), ["bomb.yaml:2: the alias `*a` is not allowed. Write the value out"]),
    ("twice.yaml", f"{HEAD}profile: first\nprofile: first\n".encode(), ["twice.yaml:4: the key `profile` stands twice, first on line 3. "]),
    ("bare-no.yaml", f"{HEAD}title: No\n".encode(), ["bare-no.yaml:3: a bare `No` is true or false"]),
    ("type.yaml", f"{HEAD}weights:\n  speed: fast\n".encode(), ["type.yaml:4: weights.speed: a number is wanted. "]),
    ("unknown.yaml", f"{HEAD}\nwieghts: {{}}\n".encode(), ["unknown.yaml:4: wieghts: unknown field `wieghts`. Did you mean `weights`?"]),
    ("tool.yaml", f"{HEAD}shortlist:\n  - ant\n  - bea\n".encode(), ["tool.yaml:5: shortlist[1]: unknown tool `bea`. Did you mean `bee`?"]),
    (
        "item.yaml",
        f"{HEAD}responses:\n  - checklist: trial\n    version: '1.0'\n    answers:\n      strts: {{}}\n".encode(),
        ["item.yaml:7: responses[0].answers.strts: unknown item"],
    ),
    (
        "version.yaml",
        f"{HEAD}responses:\n  - checklist: trial\n    version: 1.0\n".encode(),
        ["version.yaml:5: responses[0].version: 1.0 is not text. Write text; put quotes"],
    ),
    ("tag.yaml", b"a: !!python/object:os.system x\n", ["tag.yaml:1: the tag `tag:yaml.org,2002:python/object:os.system` is not allowed. "]),
    ("broken.yaml", b"a: [1\nb: 2\n", ["broken.yaml:2: cannot be read as YAML: "]),
    ("empty.yaml", b"", ["empty.yaml:1: None is not a mapping. "]),
    ("two.yaml", b"a: 1\n---\nb: 1\n", ["two.yaml:2: a second document begins here. "]),
    ("no-suffix", f"{HEAD}wieghts: {{}}\n".encode(), ["no-suffix:3: wieghts: unknown field"]),
    ("both.json", _json(shortlst=[], profle="x"), ["both.json: shortlst: unknown field", "both.json: profle: unknown field"]),
]


@pytest.mark.parametrize(("name", "content", "begins"), BAD, ids=[row[0] for row in BAD])
@pytest.mark.parametrize("command", [["rank"], ["checklist", "score"]], ids=" ".join)
def test_a_bad_file_is_one_clear_message(small: Run, checkout: Checkout, command: list[str], name: str, content: bytes, begins: list[str]) -> None:
    (checkout.root / name).write_bytes(content)
    result = small(*command, name)
    assert result.exit_code == 2
    assert result.stdout == ""
    if command == ["rank"] or not begins[0].startswith("weights"):
        lines = result.stderr.splitlines()
        assert len(lines) == len(begins)
        assert all(line.startswith(begin) for line, begin in zip(lines, begins, strict=True)), lines
        assert all(line.endswith((".", "?")) for line in lines)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.json", "absent.json: cannot be read: No such file or directory. Check the path and the permissions.\n"),
        ("absent/absent.yaml", "absent/absent.yaml: cannot be read: No such file or directory. Check the path and the permissions.\n"),
        ("docs", "docs: is a folder. Name a decision file.\n"),
        ("docs/index.md/x.json", "docs/index.md/x.json: cannot be read: Not a directory. Check the path and the permissions.\n"),
        ("-o", None),
    ],
)
def test_a_path_that_is_no_file(small: Run, name: str, message: str | None) -> None:
    result = small("rank", name)
    assert result.exit_code == 2
    assert message is None or result.stderr == message


def test_a_byte_order_mark_is_no_error(small: Run, checkout: Checkout) -> None:
    for name, text in [("bom.json", json.dumps(DECISION)), ("bom.yaml", f"{HEAD}profile: first\n")]:
        checkout.write(name, "\ufeff" + text)
        assert small("rank", name).exit_code == 0


@pytest.mark.parametrize("suffix", [".json", ".yaml", ""])
@pytest.mark.parametrize("kind", ["fifty megabytes", "a device without an end"])
def test_a_file_of_any_size_is_refused_before_it_is_read(checkout: Checkout, tmp_path: Path, kind: str, suffix: str) -> None:
    path = tmp_path / f"big{suffix}"
    if kind == "fifty megabytes":
        with path.open("wb") as file:
            file.truncate(50_000_000)
    else:
        path.symlink_to("/dev/zero")

    result = subprocess.run(
        [sys.executable, "-m", "orchkit", "--data", str(checkout.data), "rank", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000)),
    )

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"{path}: has more than the 5,000,000 bytes that are read. Split it, or check that it is the right file.\n"


@pytest.mark.parametrize("name", ["bomb.yaml", "deep.json", "escape.json", "cut.json"])
def test_no_traceback_from_the_real_command(checkout: Checkout, name: str) -> None:
    (checkout.root / name).write_bytes(next(row[1] for row in BAD if row[0] == name))
    command = [sys.executable, "-m", "orchkit", "--data", str(checkout.data), "checklist", "score", name]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
