"""A server that can be told to fail: what it serves, what it breaks on the way, when it is gone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from orchkit.site.serve import BASE, HOST, Handler

Fault = Callable[["FaultyHandler", Path], None]


@dataclass
class Served:
    """A site on this machine."""

    folder: Path
    """May be exchanged while it is served: a new edition."""
    faults: dict[str, Fault] = field(default_factory=dict)
    """What happens to requests whose path below the base fits a pattern; the first that fits counts."""
    asked: list[str] = field(default_factory=list)
    """Paths below the base, in the order in which they were asked for."""
    port: int = 0

    @property
    def address(self) -> str:
        """Where it begins."""
        return f"http://{HOST}:{self.port}{BASE}"

    @contextmanager
    def running(self) -> Iterator[Served]:
        """Serve until the end of the block. Afterwards nobody listens."""
        server = ThreadingHTTPServer((HOST, self.port), partial(FaultyHandler, served=self))
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


class FaultyHandler(Handler):
    """The handbook's own server, with faults."""

    def __init__(self, *args: Any, served: Served, **kwargs: Any) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.folder), **kwargs)

    def do_GET(self) -> None:  # noqa: N802 - the base class names it so
        path = self.path.partition("?")[0].removeprefix(BASE)
        self.served.asked.append(path)
        fault = next((fault for pattern, fault in self.served.faults.items() if fnmatch(path, pattern)), None)
        file = self.served.folder / path
        if fault is None:
            super().do_GET()
        else:
            fault(self, file)

    def send(self, content: bytes, *, length: int | None = None, kind: str | None = None) -> None:
        """Send these bytes under this file's type."""
        self.send_response(200)
        self.send_header("Content-Type", kind or self.guess_type(self.path))
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)


def missing(handler: FaultyHandler, _file: Path) -> None:
    """404, as after a deployment that took the file away."""
    handler.send_error(404)


def aborted(handler: FaultyHandler, _file: Path) -> None:
    """The connection breaks before an answer."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def truncated(handler: FaultyHandler, file: Path) -> None:
    """The connection breaks half-way."""
    content = file.read_bytes()
    handler.send(content[: len(content) // 2], length=len(content))
    aborted(handler, file)


def corrupted(handler: FaultyHandler, file: Path) -> None:
    """One bit differs."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    handler.send(bytes(content))


def replaced(handler: FaultyHandler, _file: Path) -> None:
    """Something else, as from a proxy that wants a password."""
    handler.send(b"<html>Please log in</html>", kind="text/html")


def mistyped(handler: FaultyHandler, file: Path) -> None:
    """The right bytes under a type that says nothing."""
    handler.send(file.read_bytes(), kind="application/octet-stream")


def slow(bytes_per_second: int) -> Fault:
    """Return a fault: everything arrives, a tenth of a second's worth at a time."""

    def trickle(handler: FaultyHandler, file: Path) -> None:
        content, step = file.read_bytes(), bytes_per_second // 10
        handler.send(b"", length=len(content))
        for start in range(0, len(content), step):
            handler.wfile.write(content[start : start + step])
            time.sleep(0.1)

    return trickle
