"""Processes of one stage, found by session and by a mark in their environment, because some rename themselves and leave their session."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"
PATIENCE_SECONDS = 10.0


@dataclass
class Ours:
    """All processes that carry a mark or belong to one of the sessions."""

    mark: str
    sessions: set[int] = field(default_factory=set)

    def pids(self) -> set[int]:
        """Return those that are running now; what has ended and waits for its parent is not."""
        return {pid for pid in _pids() if self._owns(pid)}

    def end(self, spare: Iterable[int] = ()) -> None:
        """Ask them to end, and after a while make them."""
        for sign, seconds in ((signal.SIGTERM, PATIENCE_SECONDS), (signal.SIGKILL, PATIENCE_SECONDS)):
            left = self.pids() - set(spare)
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, sign)
            if wait_until(lambda: not self.pids() - set(spare), seconds):
                return

    def _owns(self, pid: int) -> bool:
        with suppress(OSError):
            state, session = _stat(pid)
            return state not in "ZX" and (session in self.sessions or self.mark.encode() in (PROC / str(pid) / "environ").read_bytes())
        return False


def in_session(session: int) -> set[int]:
    """Return the processes of one session that are running."""
    return Ours("LAB_MARK=of-nobody", {session}).pids()


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait until a function says yes; return whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def pss_mb(pids: Iterable[int]) -> float:
    """Add up what the processes hold in memory, what is shared being shared out among those that share it."""
    return sum(map(_pss_kb, pids)) / 1000


def listening_ports(pids: Iterable[int]) -> set[int]:
    """Return the TCP ports on which any of the processes listens."""
    sockets = {name for pid in pids for name in _open_sockets(pid)}
    return {port for inode, port in _listeners() if inode in sockets}


def _pids() -> Iterator[int]:
    return (int(path.name) for path in PROC.iterdir() if path.name.isdigit() and int(path.name) != os.getpid())


def _stat(pid: int) -> tuple[str, int]:
    """Return the state of a process and its session. Its name, in brackets, may hold anything."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return fields[0], int(fields[3])


def _pss_kb(pid: int) -> int:
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _open_sockets(pid: int) -> Iterator[str]:
    with suppress(OSError):
        for link in (PROC / str(pid) / "fd").iterdir():
            with suppress(OSError):
                target = link.readlink().name
                if target.startswith("socket:["):
                    yield target[len("socket:[") : -1]


def _listeners() -> Iterator[tuple[str, int]]:
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (PROC / "net" / table).read_text(encoding="utf-8").splitlines()[1:]:
                fields = line.split()
                if fields[3] == LISTENING:
                    yield fields[9], int(fields[1].rpartition(":")[2], 16)
