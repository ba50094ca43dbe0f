"""The server of both sides: the one of `orchkit site serve`, with GitHub Pages' time to live, and a list of what was asked for."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from orchkit.site.serve import BASE, HOST, Handler

MAX_AGE = "max-age=600"
"""What GitHub Pages lets a browser keep a file for, in seconds."""


class Served:
    """A folder on this machine's network, and the files that were asked for since `begin`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._asked: dict[str, None] = {}
        self._sizes: dict[str, int] = {}

    def begin(self) -> None:
        """Forget what was asked for."""
        self._asked.clear()

    def note(self, path: str) -> None:
        """Remember one request."""
        self._asked[path] = None

    def asked(self) -> set[str]:
        """Name the files that were asked for and are there, by their path below the folder."""
        files = {path.partition("?")[0].partition("#")[0].removeprefix(BASE) for path in list(self._asked)}
        named = {f"{name}index.html" if name == "" or name.endswith("/") else name for name in files}
        return {name for name in named if (self.folder / name).is_file()}

    def gzipped(self, names: set[str]) -> int:
        """Add up the files' bytes, each gzipped by itself at level 6; one that this does not make smaller counts as it is."""
        for name in names - self._sizes.keys():
            content = (self.folder / name).read_bytes()
            self._sizes[name] = min(len(content), len(gzip.compress(content, 6, mtime=0)))
        return sum(self._sizes[name] for name in names)


class _Noting(Handler):
    def __init__(self, *args: Any, served: Served, **kwargs: Any) -> None:
        self.served = served
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:  # noqa: N802 - the base class names it so
        self.served.note(self.path)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", MAX_AGE)
        super().end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder at a free port while the block runs."""
    served = Served(folder)
    with ThreadingHTTPServer((HOST, 0), partial(_Noting, directory=str(folder), served=served)) as server:
        served.address = f"http://{HOST}:{server.server_address[1]}{BASE}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()
