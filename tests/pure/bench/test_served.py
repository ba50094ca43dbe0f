"""The bench's server: it counts what was asked for and is there, each file once, gzipped by itself."""

from __future__ import annotations

import gzip
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.served import Served, serving


def ask(served: Served, path: str) -> HTTPResponse:
    address = urlsplit(served.address)
    connection = HTTPConnection(address.netloc)
    connection.request("GET", address.path + path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_asked_files_are_named_and_weighed(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_bytes(b"<p>text</p>" * 1000)
    (tmp_path / "packed.whl").write_bytes(bytes(range(256)))
    with serving(tmp_path) as served:
        ask(served, "page/index.html")
        served.begin()
        answers = [ask(served, path) for path in ("page/", "packed.whl?v=1", "packed.whl", "missing")]
        assert [(answer.status, answer.headers["Cache-Control"]) for answer in answers[:3]] == [(200, "max-age=600")] * 3
        assert answers[3].status == 404
        assert served.asked() == {"page/index.html", "packed.whl"}
        assert served.gzipped({"page/index.html"}) == len(gzip.compress(b"<p>text</p>" * 1000, 6))
        assert served.gzipped({"packed.whl"}) == 256
        assert served.gzipped(served.asked()) == served.gzipped({"page/index.html"}) + 256
