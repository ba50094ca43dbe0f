"""The browser runtime: one folder with everything that Python needs in the page, named by what is in it.

The interpreter comes from the pinned npm package, the wheels from the registry by hash, orchkit from this tree; the lock
file names each with its digest. Nothing in the folder points at another host.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from pyodide_build.common import modify_wheel
from pyodide_lock import PyodideLockSpec
from pyodide_lock.spec import InfoSpec
from pyodide_lock.utils import add_wheels_to_spec

from orchkit.errors import InputError, Problem
from orchkit.site.bytecode import compile_archives

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
"""What Pyodide itself is, of the many files in its npm package."""

NOT_IN_BROWSER = frozenset({"click", "pyyaml", "tabulate"})
"""What orchkit needs only where there are files and terminals: the one kind of dependency that may be missing."""

NOT_RUN_IN_BROWSER = {
    "orchkit": ("orchkit/cli", "orchkit/lint", "orchkit/site", "orchkit/__main__.py"),
    "pydantic": ("pydantic/v1", "pydantic/mypy.py"),
}
"""What is cut out of wheels: nothing that the bridge reaches imports it."""

SOURCE_ONLY = "markupsafe"
"""Published neither for this platform nor in pure Python; its source builds a pure wheel where no compiler works."""

_EPOCH = "315532800"  # 1980-01-01, the first day a zip file knows: the folder's name must not depend on today
_LOCK = "pyodide-lock.json"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the runtime; `integrity` is in the form that ``fetch`` takes."""

    name: str
    bytes: int
    integrity: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """What was published; ``index.json`` beside the folder says the same."""

    folder: str
    pyodide: str
    python: str
    packages: dict[str, str]
    """Version of each package, by its canonical name."""
    files: tuple[File, ...]
    total_bytes: int


def publish_runtime(root: Path, out: Path, *, progress: Callable[[str], None] = print) -> Runtime:
    """Write the runtime made from the checkout `root` to ``out/<digest>/``, and ``out/index.json``, which names it.

    Equal contents get an equal name, so that a browser may keep the folder for ever. Raises `InputError` when the set-up
    is incomplete or a wheel cannot be had.
    """
    npm = root / "node_modules" / "pyodide"
    if not (npm / _LOCK).is_file():
        raise InputError(Problem("node_modules/pyodide", "is not there", "Run `make setup`"))
    stock = PyodideLockSpec.from_json(npm / _LOCK)
    version = json.loads((npm / "package.json").read_text(encoding="utf-8"))["version"]
    out.mkdir(parents=True, exist_ok=True)
    with _new_folder(out) as folder:
        for wheel in _pinned_wheels(root, stock.info, progress).iterdir():
            shutil.copyfile(wheel, folder / wheel.name)
        progress("runtime: building orchkit's wheel")
        _run(root, "hatchling", "build", "--target", "wheel", "--directory", str(folder))
        _trim(folder)
        lock = _lock(stock.info, sorted(folder.glob("*.whl")))
        for name in CORE:
            shutil.copyfile(npm / name, folder / name)
        compile_archives([*sorted(folder.glob("*.whl")), folder / "python_stdlib.zip"], npm, root / ".cache" / "bytecode", progress)
        for package in lock.packages.values():
            package.sha256 = hashlib.sha256((folder / package.file_name).read_bytes()).hexdigest()
        lock.to_json(folder / _LOCK)
        runtime = _describe(folder, lock, version)
        _publish(folder, out / runtime.folder)
    (out / "index.json").write_text(json.dumps(asdict(runtime), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return runtime


def _trim(folder: Path) -> None:
    """Cut what the browser does not run out of the wheels; their list of contents is written anew."""
    with _environment(SOURCE_DATE_EPOCH=_EPOCH):
        for package, parts in NOT_RUN_IN_BROWSER.items():
            (wheel,) = folder.glob(f"{package}-*.whl")
            with modify_wheel(wheel, verbose=False) as contents:
                for part in parts:
                    path = contents / part
                    if path.is_dir():
                        shutil.rmtree(path)
                    else:
                        path.unlink()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Set environment variables for a while: `modify_wheel` packs in a process that inherits them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _pinned_wheels(root: Path, info: InfoSpec, progress: Callable[[str], None]) -> Path:
    """Return a folder with the wheels of ``requirements/browser.txt``, downloaded once per lock and platform."""
    requirements = root / "requirements" / "browser.txt"
    platform = f"pyemscripten_{info.abi_version}_{info.arch}"
    major, minor, *_ = info.python.split(".")
    kept = root / ".cache" / "wheels" / hashlib.sha256(f"{platform} {info.python}\n".encode() + requirements.read_bytes()).hexdigest()[:12]
    if kept.is_dir():
        return kept
    progress("runtime: downloading the pinned wheels")
    target = ["--platform", platform, "--platform", "any", "--abi", f"cp{major}{minor}", "--abi", "none"]
    python = ["--implementation", "cp", "--python-version", f"{major}.{minor}"]
    kinds = ["--only-binary", ":all:", "--no-binary", SOURCE_ONLY]
    kept.parent.mkdir(parents=True, exist_ok=True)
    with _new_folder(kept.parent) as folder:
        _pip(root, "download", "--require-hashes", "--requirement", str(requirements), "--dest", str(folder), *target, *python, *kinds)
        for source in folder.glob("*.tar.gz"):
            _pip(root, "wheel", "--no-index", "--wheel-dir", str(folder), str(source), CC="false")
            source.unlink()
        _publish(folder, kept)
    return kept


@contextmanager
def _new_folder(parent: Path) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards, unless it was published."""
    with tempfile.TemporaryDirectory(dir=parent, prefix=".") as name:
        folder = Path(name) / "new"
        folder.mkdir()
        yield folder


def _publish(folder: Path, name: Path) -> None:
    """Give a finished folder its name in one step. Whoever was quicker under the same name wrote the same contents."""
    try:
        folder.rename(name)
    except OSError:
        if not name.is_dir():
            raise


def _pip(root: Path, command: str, *arguments: str, **environment: str) -> None:
    """Run pip without resolving: the lock names everything, and what builds a wheel is installed here already."""
    _run(root, "pip", command, "--disable-pip-version-check", "--no-deps", "--no-build-isolation", *arguments, **environment)


def _run(root: Path, *command: str, **environment: str) -> None:
    """Run a Python module's command such that running it again writes the same bytes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH, **environment}
    started = [sys.executable, "-m", *command]
    result = subprocess.run(started, cwd=root, env=environment, capture_output=True, text=True, check=False, umask=0o022)
    if result.returncode:
        last = result.stderr.strip().rpartition("\n")[2].strip().rstrip(".")
        raise InputError(Problem("runtime", f"`{' '.join(command[:2])}` failed: {last}", "Run `make setup` and try again"))


def _lock(info: InfoSpec, wheels: Sequence[Path]) -> PyodideLockSpec:
    """Return a lock of exactly these wheels, orchkit's among them.

    The packages that Pyodide would fetch from its own host are left out. The tag in the wheels' names is the platform's
    new name, which the tool does not yet take for the old one that the interpreter checks: it is lent for the moment.
    """
    own = [wheel for wheel in wheels if wheel.name.startswith("orchkit-")]
    others = [wheel for wheel in wheels if wheel not in own]
    tagged = PyodideLockSpec(info=InfoSpec.from_dict({**info.to_dict(), "platform": f"pyemscripten_{info.abi_version}"}), packages={})
    lock = add_wheels_to_spec(add_wheels_to_spec(tagged, others), own, ignore_missing_dependencies=True)
    lock.info = info
    orchkit = lock.packages["orchkit"]
    missing = set(orchkit.depends) - set(lock.packages)
    if missing - NOT_IN_BROWSER:
        names = ", ".join(sorted(missing - NOT_IN_BROWSER))
        raise InputError(Problem("requirements/browser.in", f"lacks {names}, which orchkit needs", "Add it, then run `make lock`"))
    orchkit.depends = [name for name in orchkit.depends if name not in missing]
    return lock


def _describe(folder: Path, lock: PyodideLockSpec, version: str) -> Runtime:
    """List the folder's files and derive its name from them."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    files = tuple(File(name, len(content), _integrity(content)) for name, content in contents.items())
    return Runtime(
        folder=hashlib.sha256(json.dumps([astuple(file) for file in files]).encode()).hexdigest()[:12],
        pyodide=version,
        python=lock.info.python,
        packages={name: package.version for name, package in sorted(lock.packages.items())},
        files=files,
        total_bytes=sum(file.bytes for file in files),
    )


def _integrity(content: bytes) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content).digest()).decode()
