"""The content security policy of built pages: in every page, first, with exactly that page's inline scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from orchkit.errors import InputError
from orchkit.site.policy import added_styles, digest, policy_of, write_policies

META = re.compile(r'<head><meta http-equiv="Content-Security-Policy" content="([^"]+)">')
INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
TAG = re.compile(r"<[a-z][^<>]*>")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in site.rglob("*.html")}


def directives(page: str) -> dict[str, list[str]]:
    """The policy of a page: sources by directive."""
    (policy,) = META.findall(page)
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_every_page_has_it_once_and_first(pages: dict[str, str]) -> None:
    assert len(pages) > 20
    assert {name for name, page in pages.items() if len(META.findall(page)) != 1 or page.count("Content-Security-Policy") != 1} == set()


def test_the_encoding_is_still_found(pages: dict[str, str]) -> None:
    # A browser looks for it in the first 1024 bytes: https://html.spec.whatwg.org/multipage/semantics.html#charset
    late = {name for name, page in pages.items() if b'<meta charset="utf-8">' not in page.encode()[:1024]}
    assert late == set()


def test_scripts_are_those_of_the_page_and_no_others(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        wanted = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in INLINE.findall(page)}
        assert len(wanted) >= 3, name
        assert set(directives(page)["script-src"]) == {"'self'", "'wasm-unsafe-eval'"} | wanted, name


def test_no_page_asks_ahead_for_another(pages: dict[str, str]) -> None:
    ahead = re.compile(r'<link[^>]*\srel="?(?:next|prefetch|prerender|preload)\b')
    assert {name for name, page in pages.items() if ahead.search(page)} == set()


def test_everything_else_is_this_site_or_nothing(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert {key: sources for key, sources in directives(page).items() if key not in {"script-src", "style-src"}} == {
            "default-src": ["'none'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "worker-src": ["'self'"],
            "manifest-src": ["'self'"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
            "object-src": ["'none'"],
        }, name


def test_the_one_style_sheet_as_text_is_that_of_zensicals_search(pages: dict[str, str], builder: str) -> None:
    styles = {tuple(directives(page)["style-src"]) for page in pages.values()}
    (sources,) = styles
    assert sources[0] == "'self'"
    assert len(sources) == {"material": 1, "zensical": 2}[builder]  # that it is the right one, a browser says


def test_no_page_has_what_its_policy_would_make_dead(pages: dict[str, str]) -> None:
    dead = re.compile(r"""\s(style=|on[a-z]+=|(href|src)=["']?\s*javascript:)""", re.IGNORECASE)
    found = {(name, tag) for name, page in pages.items() for tag in TAG.findall(page) if dead.search(tag)}
    assert found == set()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param("<head></head><p style='color: red'>", "p.html: <p> has the attribute `style`", id="style"),
        pytest.param("<head></head><img onerror='alert(1)'>", "p.html: <img> has the attribute `onerror`", id="handler"),
        pytest.param("<head></head><a href=' JavaScript:alert(1)'>", "p.html: <a> has the attribute `href`", id="script in a link"),
        pytest.param("<p>", "p.html: has no <head>", id="no head"),
    ],
)
def test_what_a_policy_would_make_dead_is_refused(tmp_path: Path, page: str, said: str) -> None:
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(said)):
        write_policies(tmp_path)


def test_data_needs_no_hash_and_styles_get_one() -> None:
    assert policy_of('<script type="application/json">{"a": 1}</script><script src="a.js"></script>') == policy_of("")
    # The empty text's digest, as `printf '' | openssl sha256 -binary | base64` prints it.
    assert "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" in policy_of("<style></style>")
    assert policy_of("<script>1 < 2 && '&amp;'</script>") != policy_of("<script>1 < 2 && '&'</script>")


def test_a_style_sheet_that_a_script_adds_is_found_as_the_browser_will_see_it(tmp_path: Path) -> None:
    scripts = tmp_path / "assets" / "javascripts"
    scripts.mkdir(parents=True)
    (scripts / "bundle.js").write_text(
        r"""var a="no",$b='.c{content:"\\201c \'"}\n',d='no';n.append(C("style",{},$b.toString()))""", encoding="utf-8"
    )
    (tmp_path / "p.html").write_text("<head></head>", encoding="utf-8")
    sheet = '.c{content:"\\201c \'"}\n'
    assert added_styles(tmp_path) == [sheet]
    write_policies(tmp_path)
    assert f"style-src 'self' {digest(sheet)}" in (tmp_path / "p.html").read_text(encoding="utf-8")
