"""From a reader's key on a slider to the new ranking: changed DOM, painted frame."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.arithmetic import percentile
from tests.bench.browsing import live_pages, ready, script
from tests.bench.budgets import Measured
from tests.bench.unmeasurable import Unmeasurable
from tests.bench.workshop import Workshop

EVENTS = 200
WARM_UP = 10
PAUSES = (31, 47, 40, 59, 37)  # ms between events, no multiple of a frame: events fall anywhere in one
MIDDLE = 50


def measure(workshop: Workshop) -> Iterator[Measured]:
    """Press arrow keys on every slider of the scores page in turn."""
    served = workshop.twenty
    context = workshop.browser.new_context()
    page = context.new_page()
    page.goto(served.address + live_pages(served.folder)[0])
    ready(page)
    page.evaluate(script("reaction.js"))
    sliders = page.locator(".ok-body input[type=range]").count()
    tools = page.locator(".ok-body .ok-ranking tbody tr").count()
    workshop.say(f"{EVENTS} inputs on {tools} tools × {sliders} criteria")
    each = -(-(EVENTS + WARM_UP) // sliders)
    found: list[dict[str, float]] = []
    for number in range(EVENTS + WARM_UP):
        if number % each == 0:
            slider = page.locator(".ok-body input[type=range]").nth(number // each)
            slider.focus()
            key = "ArrowLeft" if float(slider.input_value()) > MIDDLE else "ArrowRight"
        page.keyboard.press(key)
        answer = page.evaluate("count => window.bench.answered(count)", number + 1)
        if answer is None:
            raise Unmeasurable(f"input {number + 1} was not answered")
        found.append(answer)
        page.wait_for_timeout(PAUSES[number % len(PAUSES)])
    frame = page.evaluate("window.bench.frame()")
    context.close()
    counted = found[WARM_UP:]
    note = f"{tools} tools × {sliders} criteria."
    for row, key, percent, more in (
        ("dom-p50", "dom", 50, ""),
        ("dom-p95", "dom", 95, ""),
        ("paint-frames", "frames", 95, f" A frame took {frame:.1f} ms."),
        ("paint-p50", "paint", 50, ""),
        ("paint-p95", "paint", 95, ""),
    ):
        yield Measured(row, percentile([event[key] for event in counted], percent), note=note + more)
