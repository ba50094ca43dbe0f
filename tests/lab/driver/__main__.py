"""python -m tests.lab.driver [TOOL …] [--modes NAME,…] [--cases NAME,…] [--out FOLDER]: runs the real tools, writes a record of each."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from orchkit.errors import DataError
from orchkit.model.records import LabRecord
from tests.lab.driver.folders import ROOT, cases_named, read_folder, tools
from tests.lab.driver.passes import FAILURES, InstallError, run_tool

EVIDENCE = ROOT / "checklists" / "evidence"


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that what was started is ended, too
    given = _arguments()
    whole = not given.cases and not given.modes
    unable = []
    for tool in given.tools or tools():
        try:
            folder = read_folder(tool)
            record = run_tool(tool, folder, cases_named(given.cases), given.modes, date.today(), _say)
        except (DataError, InstallError, *FAILURES) as error:
            _say(f"{tool}: no record: {error}")
            unable.append(tool)
            continue
        _say(f"{tool}: {', '.join(f'{number} {outcome}' for outcome, number in _tally(record).items())}")
        _keep(record, given.out, whole=whole)
    sys.exit(f"No record of {', '.join(unable)}." if unable else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.lab.driver", description="Run the real tools and write a record of each.")
    parser.add_argument("tools", nargs="*", metavar="TOOL", help=f"all, or some of {', '.join(tools())}")
    parser.add_argument("--modes", default="", help="only these modes; the record is then kept only with --out")
    parser.add_argument("--cases", default="", help="only these cases; the record is then kept only with --out")
    parser.add_argument("--out", type=Path, help=f"where the records go, instead of {EVIDENCE.relative_to(ROOT)}")
    given = parser.parse_args()
    given.modes, given.cases = _names(given.modes), _names(given.cases)
    try:
        cases_named(given.cases)
    except KeyError as error:
        parser.error(f"there is no case {error}")
    if unknown := set(given.tools) - set(tools()):
        parser.error(f"there is no folder tests/lab/tools/{min(unknown)}")
    return given


def _names(text: str) -> list[str]:
    return [name for name in text.replace(",", " ").split() if name]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tally(record: LabRecord) -> Counter[str]:
    return Counter(result.outcome.value for mode in record.modes.values() for result in mode.cases.values())


def _keep(record: LabRecord, out: Path | None, *, whole: bool) -> None:
    """Write a record beside those of other days. None is ever replaced: the second of a day gets a number."""
    if out is None and not whole:
        print("Not kept: only a whole pass becomes evidence. --out FOLDER keeps this one.")
        return
    folder = (out or EVIDENCE) / record.tool
    folder.mkdir(parents=True, exist_ok=True)
    target = next(path for path in _targets(folder, record.day) if not path.exists())
    target.write_text(record.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")
    print(f"Written to {target}.")


def _targets(folder: Path, day: date) -> Iterator[Path]:
    yield folder / f"{day}.json"
    yield from (folder / f"{day}.{number}.json" for number in count(2))


if __name__ == "__main__":
    main()
