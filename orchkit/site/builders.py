"""What can make the pages from mkdocs.yml: one function a builder. Each runs as a process of its own, with its own log and exit code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from orchkit.errors import InputError, Problem

Builder = Callable[[Path, Path, Mapping[str, str]], list[Problem]]
"""(checkout, folder of the site, environment) → what is wrong with the pages; nothing when they have been written."""

EDIT_URI = "edit/main/docs/"
"""Where pages are edited, below the repository's address."""

_SOURCES = ("docs", "overrides")
_SIGNS_OF_A_SITE = ("404.html", "assets")
"""What a build writes before a page can fail in it."""


def run_builder(name: str, root: Path, out: Path, site_url: str | None) -> None:
    """Write the pages of the checkout `root` into `out`, which is emptied first; hidden files in it stay.

    `name` is a key of `BUILDERS`; `site_url` overrides the address in mkdocs.yml. Raises `InputError` when a page is wrong, when
    the builder is not installed, and when `out` holds something that no build has written.
    """
    if _visible(out) and not any((out / sign).exists() for sign in _SIGNS_OF_A_SITE):
        raise InputError(Problem(str(out), "holds files and no site, and a build empties its folder", "Choose another folder, or empty it"))
    environment = {**os.environ, **({"SITE_URL": site_url} if site_url else {})}
    if environment.get("REPOSITORY_URL"):
        environment.setdefault("EDIT_URI", EDIT_URI)
    if problems := BUILDERS[name](root, out, environment):
        raise InputError(problems)


def _material(root: Path, out: Path, environment: Mapping[str, str]) -> list[Problem]:
    """Material for MkDocs."""
    command = ("mkdocs", "build", "--strict", "--clean", "--site-dir", str(out))
    built = _run(*command, root=root, environment={**environment, "NO_MKDOCS_2_WARNING": "1"})
    return _said_by_material(built.stderr) if built.returncode else []


def _zensical(root: Path, out: Path, environment: Mapping[str, str]) -> list[Problem]:
    """Zensical, in a project folder that lasts as long as the build.

    It wants pages and site beside its configuration, and keeps a `.cache` there: a page whose Markdown is the same is not made anew, even when
    the data behind its macros is another. Asked for a clean build it removes that folder whole, and in a checkout it would be ours.
    """
    with tempfile.TemporaryDirectory(prefix="orchkit-site-") as folder:
        project = Path(folder).resolve()
        for source in _SOURCES:
            shutil.copytree(root / source, project / source)
        config = shutil.copyfile(root / "mkdocs.yml", project / "mkdocs.yml")

        def build(**more: str) -> subprocess.CompletedProcess[str]:
            command = ("zensical", "build", "--strict", "--config-file", str(config))
            return _run(*command, root=root, environment={**environment, **more})

        built = build()
        if built.returncode:
            # Which page a macro failed in is only said by a build that goes on after the failure.
            again = build(MACRO_ERRORS_STOP="false") if _PYTHON_ERROR in built.stderr else built
            return _said_by_zensical(*(_COLOUR.sub("", log.stderr) for log in (built, again)))
        for old in _visible(out):
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        shutil.copytree(project / "site", out, dirs_exist_ok=True)
    return []


BUILDERS: Mapping[str, Builder] = {"material": _material, "zensical": _zensical}
DEFAULT = "material"


def _run(module: str, *arguments: str, root: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a builder in the checkout, where it finds our macros and they find the dataset."""
    if find_spec(module) is None:
        raise InputError(Problem("orchkit site", f"the package `{module}` is not installed", "Run `make setup`"))
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=root, env=dict(environment), capture_output=True, text=True, check=False)


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []


_MATERIAL_MACRO = re.compile(r"_File_: `(?P<page>.+?)`\s+_[^_]+_:? \**(?P<fact>.+?)\**$", re.MULTILINE)
_MATERIAL_LINK = re.compile(r"^(?:WARNING|ERROR) +-  Doc file '(?P<page>.+?)' (?P<fact>.+?)\.?$", re.MULTILINE)
_MATERIAL_OTHER = re.compile(r"^(?:WARNING|ERROR) +-  (?P<fact>.+?)\.?$", re.MULTILINE)


def _said_by_material(log: str) -> list[Problem]:
    for pattern, repair in ((_MATERIAL_MACRO, "Mend the macro"), (_MATERIAL_LINK, "Mend the link")):
        if found := pattern.findall(log):
            return [_problem(f"docs/{page}", fact, repair) for page, fact in found]
    return _others(_MATERIAL_OTHER.findall(log), log)


_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_PYTHON_ERROR = "RuntimeError: Python error: "
_ZENSICAL_MACRO = re.compile(r"^Macro rendering failed in (?P<page>.+?): (?P<fact>.+)$", re.MULTILINE)
_ZENSICAL_LINK = re.compile(
    r"^Warning: (?P<fact>.+)\n *╭─\[ (?P<place>.+?) \]\n.*\n *\d+ │ (?P<source>.*)\n *│ (?P<mark> *[─┬]+)",
    re.MULTILINE,
)
_ZENSICAL_OTHER = re.compile(r"^(?:RuntimeError|Error): (?:Python error: )?(?P<fact>.+)$", re.MULTILINE)


def _said_by_zensical(log: str, macros: str) -> list[Problem]:
    """Read the log of a failed build; in `macros`, failed macros are named with their pages."""
    if failed := _ZENSICAL_MACRO.findall(macros):
        return [_problem(f"docs/{page}", fact, "Mend the macro") for page, fact in failed]
    if _PYTHON_ERROR not in log and (links := list(_ZENSICAL_LINK.finditer(log))):
        return [_problem(f"docs/{link['place']}", f"`{_marked(link)}`: {link['fact']}", "Mend the link") for link in links]
    return _others(_ZENSICAL_OTHER.findall(log)[-1:], log)


def _marked(link: re.Match[str]) -> str:
    """Return the part of a source line that is underlined in the line below it."""
    mark = link["mark"]
    return link["source"][len(mark) - len(mark.lstrip()) : len(mark)]


def _problem(place: str, message: str, repair: str) -> Problem:
    """Split a message of our own macros, which ends with its repair; give any other the repair at hand."""
    fact, _, own = message.strip().rpartition(". ")
    return Problem(place, fact, own.rstrip("?.")) if fact else Problem(place, message.strip().rstrip("."), repair)


def _others(facts: list[str], log: str) -> list[Problem]:
    """Repeat what is wrong outside a page: in mkdocs.yml, in a template, in the builder itself."""
    last = (log.strip().splitlines() or ["failed and said nothing"])[-1]
    return [_problem("the site builder", fact, "Mend what it names") for fact in facts or [last]]
