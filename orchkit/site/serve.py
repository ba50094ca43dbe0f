"""Serves a built site on this machine, under the path that its pages were built for."""

from __future__ import annotations

import errno
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from orchkit.errors import InputError, Problem
from orchkit.site.builders import DEFAULT

HOST = "127.0.0.1"
PORT = 8000
BASE = "/handbook/"


class Handler(SimpleHTTPRequestHandler):
    """Files below one path, with the types that browsers insist on and the theme's page for what is not there."""

    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".json": "application/json",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def __init__(self, *args: Any, base: str = BASE, **kwargs: Any) -> None:
        self.base = base
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        """Map an address to a file; outside the base nothing exists."""
        if not path.startswith(self.base):
            return str(Path(self.directory) / "\0none").replace("\0", "_")
        return super().translate_path("/" + path.removeprefix(self.base))

    def do_GET(self) -> None:
        """Send the root's visitors to the base, where the handbook begins."""
        if self.path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self.base)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the handbook's own page for what is not there, as GitHub Pages does."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the terminal is the reader's."""


def make_server(site: Path, *, port: int = PORT, base: str = BASE) -> ThreadingHTTPServer:
    """Return a server of `site` on this machine only; a free port where the wanted one is taken."""
    handler = partial(Handler, directory=str(site), base=base)
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise InputError(Problem(f"port {port}", f"cannot be listened on: {error.strerror}", "Choose another with --port")) from None
        return ThreadingHTTPServer((HOST, 0), handler)


def serve(
    root: Path, *, port: int = PORT, open_browser: bool = False, builder: str | None = DEFAULT, progress: Callable[[str], None] = print
) -> None:
    """Build the site with one of `orchkit.site.builders.BUILDERS`, or leave it as it is with None, then serve it until interrupted."""
    site = root / "site"
    server = make_server(site, port=port)
    address = f"http://{HOST}:{server.server_address[1]}{BASE}"
    if builder:
        from orchkit.site.build import build_site  # noqa: PLC0415 - serving alone needs no builder

        build_site(root, site, site_url=address, builder=builder, progress=progress)
    progress(f"The handbook is at {address} (Ctrl-C stops it)")
    if open_browser:
        import webbrowser  # noqa: PLC0415

        webbrowser.open(address)
    with server:
        server.serve_forever()
