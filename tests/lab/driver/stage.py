"""A stage: a fresh home, a copy of the code, an environment of its own, and whatever runs in it; all of it is gone afterwards."""

from __future__ import annotations

import compileall
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.lab.driver.contract import CaseEntry, Mode, Verb
from tests.lab.driver.judgement import TAIL, Event, Played, read_events
from tests.lab.driver.processes import Ours, in_session, listening_ports, pss_mb, wait_until
from tests.lab.ml_pipeline.steps import REGULARISATION

LAB = Path(__file__).resolve().parents[1]
LINE = 300
"""No line of a log is kept longer."""
SETTLED_SECONDS = 2.0
"""How long what a run has started may take to end by itself."""
SAMPLE_SECONDS = 0.1


class StageError(Exception):
    """A stage cannot be set up. Carries what a service wrote before it gave up."""

    def __init__(self, why: str, log: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.log = log


@dataclass(frozen=True, slots=True)
class Place:
    """What a stage is made from: the tool's folder, its virtual environment, the mode."""

    folder: Path
    venv: Path
    mode: Mode


@dataclass
class Stage:
    """Where commands are played."""

    place: Place
    work: Path
    port: int
    prefix: tuple[str, ...] = ()
    """Put before each command: what enters the namespace."""
    names: Path | None = None
    """Where name look-ups are written down, in a namespace."""
    extra: Mapping[str, str] = field(default_factory=dict)
    ours: Ours = field(init=False)
    service: subprocess.Popen[bytes] | None = None
    before: set[int] = field(default_factory=set)
    """What was running when the last command was given."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """One for each command's output."""

    def __post_init__(self) -> None:
        self.ours = Ours(f"LAB_MARK={uuid4().hex}")
        for name in ("home", "tmp", "runs"):
            (self.work / name).mkdir()
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(LAB / "ml_pipeline", self.code / "ml_pipeline", ignore=ignored)
        shutil.copytree(self.place.folder, self.code, dirs_exist_ok=True, ignore=ignored)
        compileall.compile_dir(self.code, quiet=2)
        subprocess.run([self.place.venv / "bin" / "python", "-m", "compileall", "-q", str(self.code)], check=True, env={"PATH": os.defpath})

    @property
    def code(self) -> Path:
        return self.work / "code"

    @property
    def log(self) -> Path:
        return self.work / "steps.jsonl"

    def prepare(self) -> None:
        """Do what has to be done once, then start the service where the mode has one."""
        for command in self.place.mode.prepare:
            done = self.command(command)
            if done.exit_code != 0:
                raise self._unable(command, done)
        self.start_service()

    def start_service(self) -> None:
        service = self.place.mode.service
        if service is None:
            return
        self.service = self._start(self._words(service.command, self.work), self._environment(self.work), self.work / "service.log")
        ended = time.monotonic() + service.limit_seconds
        while (done := self.command(service.ready)).exit_code != 0:
            if self.service.poll() is not None or time.monotonic() > ended:
                told = (self.work / "service.log").read_text("utf-8", "replace").splitlines()[-TAIL:]
                raise self._unable(service.command, done, told)
            time.sleep(0.2)

    def stop_service(self) -> None:
        """End the service as its operator would, and wait for it."""
        if self.service is not None:
            self.service.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.service.wait(timeout=20)
            self.service = None

    def play(self, verb: Verb, run: str = "run", **asked: Any) -> Played:
        """Give the command for a verb; the steps misbehave as asked."""
        return self.start(verb, run, **asked).wait()

    def start(self, verb: Verb, run: str = "run", *, regularisation: float = REGULARISATION, secret: str | None = None, **asked: Any) -> Playing:
        """Give the command for a verb without waiting for its end. What the steps wrote before is forgotten."""
        (self.work / "case.json").write_text(json.dumps(asked), encoding="utf-8")
        self.log.write_text("", encoding="utf-8")
        self.before = self.ours.pids()
        return self.start_beside(verb, run, regularisation=regularisation, secret=secret)

    def start_beside(self, verb: Verb, run: str, *, regularisation: float = REGULARISATION, secret: str | None = None) -> Playing:
        """Give a command while another one is running."""
        folder = self.work / "runs" / run
        folder.mkdir(exist_ok=True)
        environment = self._environment(folder) | {"LAB_REGULARISATION": str(regularisation)} | ({"LAB_SECRET": secret} if secret else {})
        command = self.place.mode.verbs[verb]
        return self._playing(command, environment, folder, regularisation)

    def command(self, command: str) -> Played:
        """Give a command that belongs to no case."""
        return self._playing(command, self._environment(self.work), self.work).wait()

    def run_folder(self, run: str) -> Path:
        return self.work / "runs" / run

    def left_over(self) -> tuple[int, int]:
        """Count processes that have outlived their command, and the ports they listen on, the service and its children aside if it is running."""
        if self.service is None:
            wait_until(lambda: not self.ours.pids(), SETTLED_SECONDS)
        pids = self.ours.pids()
        return len(pids), len(listening_ports(pids))

    def strangers(self) -> int:
        """Count what is running beside the service."""
        return len(self.ours.pids() - self._of_service())

    def clear(self) -> None:
        """End what is left of a killed run, and start the service again where that was what was killed."""
        if self.place.mode.control == "service":
            self.service = None
        self.ours.end(spare=self._of_service())
        if self.service is None:
            self.start_service()

    def looked_up(self) -> set[str]:
        """Return the names that were looked up, this machine's own aside."""
        assert self.names is not None
        own = socket.gethostname().lower()
        return {name for name in self.names.read_text("utf-8").lower().split() if name.partition(".")[0] != own.partition(".")[0]}

    def git_environment(self) -> dict[str, str]:
        """Keep git from seeing a repository above the stage."""
        return {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(self.work), "HOME": str(self.work / "home")}

    def scrubbed(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Take out of lines what belongs to this machine."""
        places = {
            str(self.work): "{work}",
            str(self.place.venv): "{venv}",
            str(Path(os.path.realpath(self.place.venv / "bin" / "python")).parents[1]): "{python}",
            socket.gethostname(): "{host}",
        }
        cut = []
        for line in lines:
            for found, shown in places.items():
                line = line.replace(found, shown)  # noqa: PLW2901 - one replacement after the other
            cut.append("".join(sign for sign in line if sign.isprintable())[:LINE])
        return tuple(cut)

    def _unable(self, command: str, done: Played, log: Sequence[str] = ()) -> StageError:
        said = self.scrubbed(done.output[-1:])
        return StageError(
            f"`{command}` ended with {done.exit_code}: {said[0] if said else 'it said nothing'}", self.scrubbed([*done.output[-TAIL:], *log])
        )

    def _of_service(self) -> set[int]:
        """Return the service, what is in its session, and what it had started before the command."""
        return self.before | in_session(self.service.pid) if self.service else set()

    def close(self) -> None:
        self.stop_service()
        self.ours.end()

    def _environment(self, run: Path) -> dict[str, str]:
        own = {
            "PATH": f"{self.place.venv / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.work / "home"),
            "TMPDIR": str(self.work / "tmp"),
            "USER": "lab",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(self.code),
            "PYTHONUNBUFFERED": "1",
            "NO_COLOR": "1",
            "COLUMNS": "200",
            "LAB_STEPS": str(self.log),
            "LAB_CASE": str(self.work / "case.json"),
            "LAB_RUN": str(run),
            "LAB_PORT": str(self.port),
        }
        stated = {name: self._filled(value, run) for name, value in {**self.place.mode.environment, **self.extra}.items()}
        mark, _, value = self.ours.mark.partition("=")
        return own | stated | {mark: value}

    def _filled(self, text: str, run: Path, regularisation: float = REGULARISATION) -> str:
        known = {"run": run, "home": self.work / "home", "port": self.port, "code": self.code, "regularisation": regularisation}
        for name, value in known.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def _words(self, command: str, run: Path, regularisation: float = REGULARISATION) -> list[str]:
        return [self._filled(word, run, regularisation) for word in (*self.prefix, *shlex.split(command))]

    def _playing(self, command: str, environment: dict[str, str], run: Path, regularisation: float = REGULARISATION) -> Playing:
        output = self.work / f"output-{next(self.numbers)}.log"
        return Playing(self, self._start(self._words(command, run, regularisation), environment, output), output, self.place.mode.limit_seconds)

    def _start(self, words: list[str], environment: dict[str, str], output: Path) -> subprocess.Popen[bytes]:
        with output.open("wb") as file:
            process = subprocess.Popen(
                words, cwd=self.code, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
            )
        self.ours.sessions.add(process.pid)
        return process


class Playing:
    """A command that is running."""

    def __init__(self, stage: Stage, process: subprocess.Popen[bytes], output: Path, limit: float) -> None:
        self.stage, self.process, self.output, self.limit = stage, process, output, limit
        self.began = time.time()
        self.peak: float | None = None

    def wait(self, *, watch_memory: bool = False) -> Played:
        """Wait for the end, no longer than the mode allows, and return what was seen."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(done,)) if watch_memory else None
        if watcher:
            watcher.start()
        try:
            code: int | None = self.process.wait(self.limit)
        except subprocess.TimeoutExpired:
            code = None
            self.process.kill()
            self.process.wait()
        ended = time.time()
        done.set()
        if watcher:
            watcher.join()
        return self._played(code, ended)

    def kill_in(self, step: str, victim: subprocess.Popen[bytes]) -> Played:
        """Kill a process as soon as a step has started, without a warning."""
        wait_until(lambda: self.process.poll() is not None or any(event.step == step for event in self._events()), self.limit)
        victim.kill()
        victim.wait()
        if victim is not self.process:
            self.process.kill()
        code = self.process.wait()
        return self._played(code, time.time())

    def _played(self, code: int | None, ended: float) -> Played:
        lines = tuple(self.output.read_text("utf-8", "replace").splitlines())
        return Played(code, self.began, ended, lines, self._events(), self.peak)

    def _events(self) -> tuple[Event, ...]:
        return read_events(self.stage.log.read_text("utf-8")) if self.stage.log.is_file() else ()

    def _watch(self, done: threading.Event) -> None:
        self.peak = 0.0
        while not done.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, pss_mb(self.stage.ours.pids()))


@contextmanager
def open_stage(place: Place, entry: CaseEntry, *, prefix: tuple[str, ...] = (), names: Path | None = None) -> Iterator[Stage]:
    """Set a stage up, and take it down whatever happens on it."""
    with tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True) as folder:
        stage = Stage(place, Path(folder).resolve(), _free_port(), prefix, names, entry.environment)
        try:
            stage.prepare()
            yield stage
        finally:
            stage.close()


@contextmanager
def namespace() -> Iterator[tuple[tuple[str, ...], Path]]:
    """Hold a network namespace with nothing but loopback: how it is entered, and where look-ups of names are written."""
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        names = Path(folder) / "names"
        names.touch()
        holder = ["unshare", "--map-root-user", "--net", "--mount", sys.executable, str(Path(__file__).with_name("inside.py")), str(names), folder]
        try:
            process = subprocess.Popen(holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except OSError:
            raise StageError(NO_NAMESPACE) from None
        with process:
            assert process.stdout is not None
            if process.stdout.readline() != b"ready\n":
                raise StageError(NO_NAMESPACE)
            yield (
                (
                    "nsenter",
                    "--target",
                    str(process.pid),
                    "--user",
                    "--net",
                    "--mount",
                    "--preserve-credentials",
                    "sh",
                    "-c",
                    'cd "$0" && exec "$@"',
                    "{code}",
                ),
                names,
            )


NO_NAMESPACE = "this machine's kernel gives no network namespace without more rights"


def _free_port() -> int:
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        port: int = any_socket.getsockname()[1]
        return port
