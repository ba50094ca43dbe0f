"""The browser runtime: everything that Python needs in the page, each part in a folder named by what is in it.

The interpreter comes from the pinned npm package, the wheels from the registry by hash, orchkit from this tree; all of it is
trimmed to what runs, and compiled. Nothing points at another host. A part that does not change keeps its address, so that
a new edition of the handbook makes readers fetch only what is new.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyodide_lock import PyodideLockSpec
from pyodide_lock.spec import InfoSpec
from pyodide_lock.utils import add_wheels_to_spec

from orchkit.errors import InputError, Problem
from orchkit.site.bytecode import compile_archives
from orchkit.site.pack import SUFFIX, pack
from orchkit.site.trim import PARTICULARS, trim_library, trim_wheels
from orchkit.site.wheels import new_folder, own_wheel, pinned_wheels, publish

INTERPRETER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
"""What the interpreter is, of the many files in its npm package. They find each other by these names."""

LIBRARY = "python_stdlib.zip"
"""The standard library, in the same package."""

OWN = "orchkit-"
"""How the name of orchkit's own wheel begins."""

NOT_IN_BROWSER = frozenset({"click", "pyyaml", "tabulate"})
"""What orchkit needs only where there are files and terminals: the one kind of dependency that may be missing."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the runtime; `integrity` is in the form that ``fetch`` takes."""

    path: str
    bytes: int
    integrity: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """What was published, below the folder that holds it: all that the page has to know."""

    pyodide: str
    python: str
    interpreter: str
    """Folder of the interpreter's three files."""
    library: str
    """The standard library."""
    lock: dict[str, Any]
    """Pyodide's lock: each package with its version, its file and that file's digest."""
    files: tuple[File, ...]
    particulars: File | None
    """What only some pages show of the dataset, which they fetch when they begin; null where orchkit's wheel carries all of it."""

    @property
    def total_bytes(self) -> int:
        """What a first start loads, before compression on the way."""
        return sum(file.bytes for file in self.files)


def publish_runtime(root: Path, out: Path, *, trimmed: bool = True, compiled: bool = True, progress: Callable[[str], None] = print) -> Runtime:
    """Write the runtime made from the checkout `root` below `out`, each part as ``<digest>/<name>``.

    `trimmed` cuts what does not run, `compiled` puts byte code in place of source: what they are worth is measured without.
    Raises `InputError` when the set-up is incomplete or a wheel cannot be had.
    """
    npm = root / "node_modules" / "pyodide"
    if not (npm / "pyodide-lock.json").is_file():
        raise InputError(Problem("node_modules/pyodide", "is not there", "Run `make setup`"))
    stock = PyodideLockSpec.from_json(npm / "pyodide-lock.json")
    out.mkdir(parents=True, exist_ok=True)
    with new_folder(out) as folder:
        for wheel in pinned_wheels(root, stock.info, progress).iterdir():
            shutil.copyfile(wheel, folder / wheel.name)
        progress("runtime: building orchkit's wheel")
        own_wheel(root, folder)
        for name in (*INTERPRETER, LIBRARY):
            shutil.copyfile(npm / name, folder / name)
        lock = _lock(stock.info, sorted(folder.glob("*.whl")))
        if trimmed:
            trim_wheels(folder)
            trim_library(folder / LIBRARY)
        if compiled:
            compile_archives([*sorted(folder.glob("*.whl")), folder / LIBRARY], npm, root / ".cache" / "bytecode", progress)
        archives = (LIBRARY, *(package.file_name for package in lock.packages.values()))
        apart = [PARTICULARS] if trimmed else []
        progress("runtime: packing")
        for name in (*archives, *apart):
            pack(folder / name, root / ".cache" / "packed")
        particulars = [_describe(out, _place(folder, [name + SUFFIX], out)) for name in apart]
        paths = {name: _place(folder, [name + SUFFIX], out) for name in archives}
        interpreter = _place(folder, INTERPRETER, out).removesuffix(INTERPRETER[0])
        for package in lock.packages.values():
            package.file_name = paths[package.file_name]
            package.sha256 = hashlib.sha256((out / package.file_name).read_bytes()).hexdigest()
        lock.to_json(folder / "lock.json")
        locked = json.loads((folder / "lock.json").read_text(encoding="utf-8"))
    version = json.loads((npm / "package.json").read_text(encoding="utf-8"))["version"]
    names = [*(interpreter + name for name in INTERPRETER), *paths.values()]
    files = tuple(_describe(out, name) for name in names)
    return Runtime(version, lock.info.python, interpreter, paths[LIBRARY], locked, files, next(iter(particulars), None))


def _place(folder: Path, names: Sequence[str], out: Path) -> str:
    """Move files that belong together into a folder of `out` named by their contents; return the path of the first."""
    digest = hashlib.sha256(b"".join(hashlib.sha256((folder / name).read_bytes()).digest() for name in names)).hexdigest()[:12]
    with new_folder(out) as together:
        for name in names:
            (folder / name).rename(together / name)
        publish(together, out / digest)
    return f"{digest}/{names[0]}"


def _describe(out: Path, path: str) -> File:
    content = (out / path).read_bytes()
    return File(path, len(content), "sha256-" + b64encode(hashlib.sha256(content).digest()).decode())


def _lock(info: InfoSpec, wheels: Sequence[Path]) -> PyodideLockSpec:
    """Return a lock of exactly these wheels, orchkit's among them.

    The packages that Pyodide would fetch from its own host are left out. The tag in the wheels' names is the platform's
    new name, which the tool does not yet take for the old one that the interpreter checks: it is lent for the moment.
    """
    own = [wheel for wheel in wheels if wheel.name.startswith(OWN)]
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
