"""The one Jinja environment: autoescape everywhere, undefined names fail, templates preloaded so that rendering opens no file.

In the browser's runtime the templates are modules, compiled when the site was built: parsing them would take a fifth of the start.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module, resources
from typing import Any

from jinja2 import BaseLoader, DictLoader, Environment, ModuleLoader, StrictUndefined
from markupsafe import Markup, escape

from orchkit.views import numbers

COMPILED = "compiled"
"""Name of the package beside this file that holds the compiled templates, where there is one."""


def _loader() -> BaseLoader:
    try:
        compiled = import_module(f"orchkit.views.{COMPILED}")
    except ImportError:
        files = sorted((resources.files("orchkit") / "views" / "templates").iterdir(), key=lambda entry: entry.name)
        return DictLoader({entry.name: entry.read_text(encoding="utf-8") for entry in files if entry.name.endswith(".jinja")})
    return ModuleLoader(list(compiled.__path__))


_LOADER = _loader()


@cache
def environment() -> Environment:
    """Return the environment, made on first use."""
    made = Environment(loader=_LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    made.filters |= {
        "amount": numbers.amount,
        "fixed": numbers.fixed,
        "grouped": numbers.grouped,
        "plain": numbers.plain,
        "percent": numbers.percent,
        "span": numbers.span,
        "site": site,
        "prose": prose,
    }
    return made


def render(template: str, **values: Any) -> Markup:
    """Render a template. Every value is escaped unless it is itself rendered markup."""
    return Markup(environment().get_template(template).render(values))  # noqa: S704 - the template autoescaped what it was given


GAP = Markup("<>")
"""What a value of a stencil leaves open. No text can: its brackets are escaped."""


def stencil(template: str, **values: Any) -> str:
    """Render a template once for many uses: `%` fills each `GAP` with a text that needs no escaping, like a number.

    A slider's every step changes hundreds of numbers and nothing around them.
    """
    return str(render(template, **values)).replace("%", "%%").replace(GAP, "%s")


@lru_cache(maxsize=2_000)  # sentences of the dataset, written again with every letter that a reader types
def prose(text: str) -> Markup:
    """Escape a sentence of the dataset and set what stands between backticks as code.

    >>> prose("write `a < b` & go")
    Markup('write <code>a &lt; b</code> &amp; go')
    """
    parts = (Markup("<code>{}</code>").format(part) if index % 2 else escape(part) for index, part in enumerate(text.split("`")))
    return Markup().join(parts) if text.count("`") % 2 == 0 else escape(text)


def site(url: str) -> str:
    """Name the site behind an address briefly: its host, or the repository on a code host.

    >>> site("https://github.com/apache/airflow/blob/main/README.md"), site("https://docs.metaflow.org/a")
    ('apache/airflow', 'docs.metaflow.org')
    """
    host, *path = url.split("/")[2:]
    return "/".join(path[:2]) if host == "github.com" and len(path) > 1 else host.removeprefix("www.")
