"""Storage that fails: refused, full, unreadable, deleted, taken over, written by two tabs, cut off by a reload. Nothing is lost unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import READY, STARTING, Launch
from tests.browser.test_checklist import COUNT, ITEM, PATH, answer

NewPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

NOTE = f"#{ITEM} textarea"
OTHER = "#run-history-kept textarea"

FULL = "is full: your last changes are not kept"
REFUSED = "keeps nothing for this site"
UNREACHED = "cannot be reached"
NEWER = "A newer edition of this handbook was here"
DELETED = "What this browser had kept was deleted"
ADDED = "added to what another tab had changed"

STORED = """() => new Promise((resolve) => {
    const asked = indexedDB.open("orchkit");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => resolve({});
    asked.onsuccess = () => {
        const store = asked.result.transaction("decisions").objectStore("decisions");
        const [keys, values] = [store.getAllKeys(), store.getAll()];
        values.onsuccess = () => {
            asked.result.close();
            resolve(Object.fromEntries(keys.result.map((key, index) => [key, values.result[index]])));
        };
    };
})"""

PUT = """([key, value]) => new Promise((resolve, reject) => {
    const asked = indexedDB.open("orchkit", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("decisions");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const transaction = asked.result.transaction("decisions", "readwrite");
        transaction.objectStore("decisions").put(value, key);
        transaction.oncomplete = () => {
            asked.result.close();
            const channel = new BroadcastChannel("orchkit");
            channel.postMessage("written");
            channel.close();
            resolve();
        };
    };
})"""


def stored(page: Page) -> dict[str, Any]:
    """Everything that the browser keeps for the site."""
    found = page.evaluate(STORED)
    assert isinstance(found, dict)
    return found


def decision(page: Page) -> str:
    """The stored decision, as text."""
    return str(stored(page).get("current", {}).get("state", ""))


def put(page: Page, value: Any, key: str = "current") -> None:
    """Store something as another tab would, and tell the others."""
    page.evaluate(PUT, [key, value])


def wait_kept(page: Page, *texts: str) -> None:
    """Wait until the stored decision has all of these and nothing is waiting to be added."""
    page.wait_for_function(
        f"""async (texts) => {{
            const found = await ({STORED})();
            return !Object.keys(found).some((key) => key.startsWith("pending ")) && texts.every((text) => found.current?.state.includes(text));
        }}""",
        arg=list(texts),
    )


def beside(page: Page, path: str, *, live: bool = True) -> Page:
    """Another tab of the same reader."""
    other = page.context.new_page()
    other.goto(page.url.partition("/handbook/")[0] + "/handbook/" + path)
    if live:
        other.wait_for_selector(READY, timeout=STARTING)
    return other


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector(READY, timeout=STARTING)


def says(page: Page, text: str) -> None:
    """What is not kept is said above the view."""
    expect(page.locator(".ok-memory.ok-problem")).to_contain_text(text)


def keeps(page: Page) -> None:
    """The page says that it keeps what the reader did."""
    expect(page.locator(".ok-memory:not(.ok-problem)")).to_contain_text("Kept in this browser: ")


ASKED = "window.asked = 0; StorageManager.prototype.persist = async () => { window.asked += 1; return false; };"


@pytest.fixture(scope="module")
def desk(shared_page: NewPage) -> Page:
    """One live checklist: each test leaves it working."""
    page = shared_page(PATH, live=False)
    page.add_init_script(ASKED)
    reload(page)
    return page


@pytest.fixture(scope="module")
def second(desk: Page) -> Page:
    """A second tab on the same checklist."""
    return beside(desk, PATH)


# --- what is kept, and said to be ---------------------------------------------------------------------------------------


def test_what_is_kept_is_said_and_the_browser_is_asked_to_keep_it(desk: Page) -> None:
    expect(desk.locator(".ok-memory")).to_be_empty()
    assert desk.evaluate("window.asked") == 0
    for text in ("one", "two"):
        desk.locator(NOTE).fill(text)
        wait_kept(desk, text)
        keeps(desk)
    assert desk.evaluate("window.asked") == 1


def test_a_private_window_keeps_until_it_is_closed(new_context: NewContext, new_page: NewPage) -> None:
    window = new_context()  # a context of its own is such a window
    page = new_page(PATH, context=window)
    page.locator(NOTE).fill("private")
    wait_kept(page, "private")
    beside(page, "", live=False)
    assert "private" in decision(window.pages[1])
    window.close()
    assert stored(new_page("", live=False)) == {}


# --- storage that fails -------------------------------------------------------------------------------------------------


def test_full_storage_is_said_and_tried_again(desk: Page) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(desk.url))
    devtools = desk.context.new_cdp_session(desk)
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})  # or Chromium has granted space in advance
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    desk.locator(NOTE).fill("first without room")
    says(desk, FULL)
    says(desk, "Export the file before you leave.")
    desk.locator(OTHER).fill("second without room")
    expect(desk.locator(NOTE)).to_have_value("first without room")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Export decision file").click()
    assert {"first without room", "second without room"} <= {
        entry["note"] for entry in json.loads(download.value.path().read_text("utf-8"))["responses"][0]["answers"].values()
    }
    assert "without room" not in decision(desk)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    answer(desk, ITEM, "Met")
    wait_kept(desk, "first without room", "second without room")
    keeps(desk)


def test_refused_storage_is_said_and_the_page_works(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    context.add_init_script("""
        window.how = "throws";
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (name, version) {
            if (window.how === "throws") throw new DOMException("injected", "SecurityError");
            if (window.how === "works") return open.call(this, name, version);
            const asked = open.call(this, "no-such-database");
            asked.onupgradeneeded = (event) => { event.stopImmediatePropagation(); asked.transaction.abort(); };
            return asked;
        };
    """)
    page = new_page(PATH, context=context)
    says(page, REFUSED)
    for how, text in (("throws", "one"), ("fails", "two")):
        page.evaluate("(how) => { window.how = how; }", how)
        page.locator(NOTE).fill(text)
        answer(page, ITEM, "Met")
        expect(page.locator(f"#{ITEM}")).to_have_class("ok-item ok-is-met")
        says(page, REFUSED)
        says(page, "Export the file before you leave.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export decision file").click()
    assert json.loads(download.value.path().read_text("utf-8"))["responses"][0]["answers"][ITEM].items() >= {"outcome": "met", "note": "two"}.items()
    page.evaluate("() => { window.how = 'works'; }")
    page.locator(OTHER).fill("three")
    wait_kept(page, "two", "three")
    keeps(page)


def test_storage_that_never_answers_holds_nothing_up(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    holder = new_page("", context=context, live=False)
    holder.evaluate("""() => new Promise((done) => {
        const asked = indexedDB.open("orchkit", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("decisions");
        asked.onsuccess = () => { window.held = asked.result; indexedDB.deleteDatabase("orchkit").onblocked = done; };
    })""")
    page = new_page("scores/", context=context)  # whoever opens now waits until the deletion is done, and it never is
    says(page, UNREACHED)
    for value in ("90", "80"):
        page.locator("#weight-community").fill(value)
        page.wait_for_function(f"location.hash.includes('community:{value}')")
    says(page, "Copy the link before you leave.")
    holder.evaluate("() => window.held.close()")
    page.locator("#weight-community").fill("70")
    wait_kept(page, '"community":70')
    keeps(page)


def test_what_cannot_be_read_is_left_as_it_is(desk: Page) -> None:
    desk.locator(NOTE).fill("kept before")
    wait_kept(desk, "kept before")
    before = decision(desk)
    page = desk.context.new_page()
    page.add_init_script("""
        window.get = IDBObjectStore.prototype.get;
        IDBObjectStore.prototype.get = () => { throw new DOMException("injected", "NotReadableError"); };
    """)
    page.goto(desk.url)
    page.wait_for_selector(READY, timeout=STARTING)
    says(page, UNREACHED)
    expect(page.locator(NOTE)).to_have_value("")
    page.locator(OTHER).fill("typed blindly")
    expect(page.locator("#run-history-kept textarea")).to_have_value("typed blindly")
    page.wait_for_function(f"async () => Object.keys(await ({STORED})()).some((key) => key.startsWith('pending '))")
    assert decision(page) == before
    page.evaluate("() => { IDBObjectStore.prototype.get = window.get; }")
    answer(page, "run-history-kept", "Met")
    wait_kept(page, "kept before", "typed blindly")
    keeps(page)
    expect(page.locator(".ok-status")).to_contain_text(ADDED)
    page.locator(".ok-status").get_by_role("button", name="Undo").click()
    expect(page.locator(OTHER)).not_to_have_value("typed blindly")
    wait_kept(page, "kept before")
    assert decision(page) == before
    page.close()


@pytest.mark.parametrize("how", ["by a script", "by the browser"])
def test_what_was_deleted_is_kept_again(desk: Page, how: str) -> None:
    desk.locator(NOTE).fill("survives")
    wait_kept(desk, "survives")
    if how == "by a script":
        desk.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('orchkit').onsuccess = done; })")
    else:
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(desk.url))
        desk.context.new_cdp_session(desk).send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    says(desk, DELETED)
    assert stored(desk) == {}
    desk.locator(OTHER).fill("and more")
    wait_kept(desk, "survives", "and more")
    keeps(desk)


# --- what another edition wrote -----------------------------------------------------------------------------------------

LATER = json.dumps({"decision": {"schema_version": 2, "made_by": "a later edition"}})


def test_a_decision_of_a_later_edition_is_left_as_it_is(desk: Page) -> None:
    desk.locator(NOTE).fill("ours")
    wait_kept(desk, "ours")
    ours = stored(desk)["current"]
    put(desk, {"state": LATER, "at": 1})
    other = beside(desk, PATH)  # one tab was open before, one is opened now
    for page in (desk, other):
        says(page, NEWER)
        page.locator(OTHER).fill("not kept")
        expect(page.locator("#run-history-kept")).to_be_visible()
    expect(desk.locator(NOTE)).to_have_value("ours")
    expect(other.locator(NOTE)).to_have_value("")
    assert decision(desk) == LATER
    other.close()
    put(desk, ours)
    desk.locator(OTHER).fill("kept again")
    wait_kept(desk, "ours", "kept again")
    keeps(desk)


def test_a_storage_of_a_later_edition_is_let_go(new_page: NewPage) -> None:
    page = new_page(PATH)
    page.locator(NOTE).fill("ours")
    wait_kept(page, "ours")
    other = beside(page, "", live=False)
    other.evaluate("""() => new Promise((done, blocked) => {
        const asked = indexedDB.open("orchkit", 2);
        [asked.onsuccess, asked.onblocked] = [() => { asked.result.close(); done(); }, blocked];
    })""")
    says(page, NEWER)
    page.locator(NOTE).fill("not kept")
    expect(page.locator(NOTE)).to_have_value("not kept")
    page.goto(page.url)
    says(page, NEWER)
    assert "ours" in decision(other)
    assert "not kept" not in str(stored(other))


def test_what_was_damaged_can_be_saved_and_is_put_aside(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    outside = new_page("", context=context, live=False)
    for number in range(12):
        put(outside, "made room", f"aside 2020-01-{number:02}")
    put(outside, 7)
    page = new_page(PATH, context=context)
    expect(page.locator(".ok-status")).to_contain_text("what this browser had saved: is not the state of a page")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save what is there").click()
    assert download.value.path().read_text("utf-8") == "7"
    assert stored(page)["current"] == 7
    page.locator(NOTE).fill("begun again")
    wait_kept(page, "begun again")
    aside = [value for key, value in stored(page).items() if key.startswith("aside ")]
    assert aside == ["made room"] * 9 + ["7"]
    put(outside, {"state": "{"})  # a page that has read it once takes what it cannot read for another edition's
    says(page, NEWER)
    page.locator(OTHER).fill("not kept")
    expect(page.locator(NOTE)).to_have_value("begun again")
    assert stored(page)["current"] == {"state": "{"}


# --- a reload, a closed tab ---------------------------------------------------------------------------------------------

FILL = """([text, then]) => {
    const fields = [...document.querySelectorAll(".ok-item textarea")];
    for (const field of fields) {
        field.value = `${text} ${field.name}`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (then === "reload") location.reload();
    return fields.map((field) => field.value);
}"""


def notes(page: Page) -> list[str]:
    return page.locator(".ok-item textarea").evaluate_all("(fields) => fields.map((field) => field.value)")  # type: ignore[no-any-return]


def test_a_reload_in_the_middle_of_a_save_loses_nothing(desk: Page) -> None:
    with desk.expect_navigation():
        typed = desk.evaluate(FILL, ["in one go", "reload"])
    desk.wait_for_selector(READY, timeout=STARTING)
    assert len(typed) == COUNT
    assert notes(desk) == typed
    expect(desk.locator(".ok-status")).to_be_empty()
    wait_kept(desk, *typed)


def test_a_tab_closed_in_the_middle_of_a_save_loses_nothing(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    page = new_page(PATH, context=context)
    page.locator(NOTE).press_sequentially("typed fast", delay=1)
    typed = page.evaluate(FILL, ["then closed", ""])
    page.close()
    again = new_page(PATH, context=context)
    assert notes(again) == typed
    wait_kept(again, *typed)


# --- two tabs -----------------------------------------------------------------------------------------------------------


def both_show(pages: tuple[Page, Page], field: str, text: str) -> None:
    for page in pages:
        expect(page.locator(field)).to_have_value(text)


def type_at_once(page: Page, field: str, text: str) -> None:
    """Type without waiting for anything."""
    page.evaluate(
        """([field, text]) => {
            const found = document.querySelector(field);
            found.focus();
            found.value = text;
            found.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        [field, text],
    )


def test_two_tabs_change_different_fields_at_once(desk: Page, second: Page) -> None:
    for number in range(5):
        type_at_once(desk, NOTE, f"here {number}")
        type_at_once(second, OTHER, f"there {number}")
    wait_kept(desk, "here 4", "there 4")
    both_show((desk, second), NOTE, "here 4")
    both_show((desk, second), OTHER, "there 4")


def test_two_tabs_change_the_same_field_at_once(desk: Page, second: Page) -> None:
    for number in range(5):
        type_at_once(desk, NOTE, f"mine {number}")
        type_at_once(second, NOTE, f"theirs {number}")
    desk.wait_for_function(f"""async () => {{
        const found = await ({STORED})();
        return !Object.keys(found).some((key) => key.startsWith("pending ")) && /"(mine|theirs) 4"/.test(found.current.state);
    }}""")
    (last,) = (text for text in ("mine 4", "theirs 4") if f'"{text}"' in decision(desk))
    both_show((desk, second), NOTE, last)


def test_two_tabs_fill_in_different_evaluations(desk: Page, second: Page) -> None:
    desk.locator(NOTE).fill("of the first")
    wait_kept(desk, "of the first")
    second.get_by_role("button", name="New evaluation").click()
    second.get_by_label("By whom").fill("Omar")
    for number in range(3):
        type_at_once(desk, NOTE, f"of the first {number}")
        type_at_once(second, NOTE, f"of the second {number}")
    wait_kept(desk, "of the first 2", "of the second 2", "Omar")
    expect(desk.locator(NOTE)).to_have_value("of the first 2")
    expect(second.locator(NOTE)).to_have_value("of the second 2")
    expect(desk.get_by_label("Evaluation, one of 2")).to_be_visible()
    second.get_by_role("button", name="Remove", exact=True).click()
    second.get_by_role("button", name="Remove it").click()
    expect(second.locator(NOTE)).to_have_value("of the first 2")
    expect(desk.get_by_label("Evaluation, one of 2")).to_have_count(0)


def test_undo_leaves_what_another_tab_changed(desk: Page, second: Page) -> None:
    desk.locator(OTHER).fill("written here")
    wait_kept(desk, "written here")
    expect(second.locator(OTHER)).to_have_value("written here")
    second.locator(OTHER).fill("written there")
    wait_kept(desk, "written there")
    expect(desk.locator(OTHER)).to_have_value("written there")
    desk.locator(".ok-steps").get_by_role("button", name="Undo").click()
    expect(desk.locator(".ok-said")).to_contain_text("have been changed since, elsewhere: they stay")
    both_show((desk, second), OTHER, "written there")


def test_a_damaged_link_is_said_and_changes_nothing(desk: Page) -> None:
    desk.locator(NOTE).fill("mine")
    wait_kept(desk, "mine")
    before = decision(desk)
    desk.evaluate("location.hash = 'evaluation=eNqrVkrOSM1OzskvLlGyUlAqKMpPKU0uiU8sKMgvAgA'")
    expect(desk.locator(".ok-status")).to_contain_text("is cut off or damaged: it holds no evaluation")
    expect(desk.locator(NOTE)).to_have_value("mine")
    assert "#" not in desk.url
    assert decision(desk) == before


def test_a_tab_that_may_keep_nothing_still_works(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    context.add_init_script("""
        for (const name of ["getItem", "setItem"]) {
            const whole = Storage.prototype[name];
            Storage.prototype[name] = function (key, value) {
                if (key.startsWith("orchkit ")) throw new DOMException("injected", "SecurityError"); // the theme may
                return whole.call(this, key, value);
            };
        }
    """)
    page = new_page(PATH, context=context)
    answer(page, ITEM, "Met")
    page.locator(".ok-steps").get_by_role("button", name="Undo").click()
    expect(page.locator(f"#{ITEM} input:checked")).to_have_value("unknown")
    page.locator(NOTE).fill("kept all the same")
    wait_kept(page, "kept all the same")
    reload(page)
    expect(page.locator(NOTE)).to_have_value("kept all the same")


@pytest.fixture
def late(desk: Page) -> Iterator[Page]:
    """A tab in which Python does not start until `start` lets it."""
    page = desk.context.new_page()
    page.add_init_script("""
        window.whole = { SharedWorker, Worker };
        const refusing = (kind) => class extends kind {
            constructor(address, options) {
                if (String(address).endsWith("/worker.mjs")) throw new Error("injected");
                super(address, options);
            }
        };
        if (!sessionStorage.works) Object.assign(window, { SharedWorker: refusing(SharedWorker), Worker: refusing(Worker) });
    """)
    page.goto(desk.url)
    yield page
    page.close()


def start(page: Page) -> None:
    again = page.get_by_role("button", name="Try again")
    again.wait_for()
    page.evaluate("() => { sessionStorage.works = 1; Object.assign(window, window.whole); }")
    again.click()
    page.wait_for_selector(READY, timeout=STARTING)


def wait_noted(page: Page, text: str) -> None:
    page.wait_for_function(
        f"async (text) => JSON.stringify(Object.entries(await ({STORED})()).filter(([key]) => key !== 'current')).includes(text)", arg=text
    )


def test_what_was_typed_before_the_start_is_added_to_what_was_kept(desk: Page, late: Page) -> None:
    desk.locator(OTHER).fill("kept long ago")
    wait_kept(desk, "kept long ago")
    late.reload()
    late.locator(NOTE).fill("typed early")
    wait_noted(late, "typed early")
    late.reload()
    start(late)
    expect(late.locator(NOTE)).to_have_value("typed early")
    expect(late.locator(OTHER)).to_have_value("kept long ago")
    expect(late.locator(".ok-status")).to_be_empty()
    wait_kept(late, "typed early", "kept long ago")


@pytest.mark.parametrize("how", ["in one visit", "over a reload"])
def test_a_tab_that_comes_late_says_that_another_had_gone_on(desk: Page, late: Page, how: str) -> None:
    late.locator(NOTE).fill("from the late tab")
    wait_noted(late, "from the late tab")
    desk.locator(NOTE).fill(f"from the tab that went on {how}")
    desk.locator(OTHER).fill("only there")
    desk.wait_for_function(f"""async () => {{
        const {{ state }} = (await ({STORED})()).current;
        return state.includes("went on {how}") && state.includes("only there");
    }}""")
    if how == "over a reload":
        late.reload()
    start(late)
    expect(late.locator(".ok-status")).to_contain_text(ADDED)
    wait_kept(desk, "from the late tab", "only there")
    both_show((desk, late), NOTE, "from the late tab")
    late.locator(".ok-status").get_by_role("button", name="Undo").click()
    both_show((desk, late), NOTE, f"from the tab that went on {how}")


def test_tabs_that_cannot_tell_each_other_lose_nothing(new_context: NewContext, new_page: NewPage) -> None:
    context = new_context()
    context.add_init_script("delete window.BroadcastChannel; Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });")
    one, other = new_page(PATH, context=context), new_page(PATH, context=context)
    one.locator(NOTE).fill("of the one")
    wait_kept(one, "of the one")
    other.locator(OTHER).fill("of the other")
    wait_kept(other, "of the one", "of the other")
    expect(other.locator(".ok-status")).to_contain_text(ADDED)
    expect(other.locator(NOTE)).to_have_value("of the one")
    one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # what the browser does when the tab is looked at again
    expect(one.locator(OTHER)).to_have_value("of the other")


# --- back and forward ---------------------------------------------------------------------------------------------------


def test_back_and_forward_between_links_and_ones_own(new_page: NewPage) -> None:
    page = new_page("scores/")
    community, observability = page.locator("#weight-community"), page.locator("#weight-observability")
    page.evaluate("location.hash = 'weights=observability:1'")
    expect(observability).to_have_value("1")
    page.go_back()
    expect(observability).to_have_value("0")
    community.fill("90")
    wait_kept(page, '"community":90')
    page.wait_for_function("location.hash.includes('community:90')")
    page.evaluate("location.hash = 'weights=observability:1'")
    expect(page.locator(".ok-status")).to_contain_text("from a link")
    expect(page.locator(".ok-memory")).to_be_empty()
    page.go_back()
    expect(community).to_have_value("90")
    expect(page.locator(".ok-status")).to_be_empty()
    page.go_forward()
    expect(observability).to_have_value("1")
    expect(page.locator(".ok-status")).to_contain_text("from a link")
    page.go_back()
    expect(community).to_have_value("90")
    other = beside(page, "", live=False)
    changed = stored(page)["current"]
    page.goto("about:blank")
    put(other, {**changed, "state": changed["state"].replace('"community":90', '"community":80')})
    page.go_back()  # to an address that this page wrote for what it kept: no link, whatever has been changed meanwhile
    page.wait_for_selector(READY, timeout=STARTING)
    expect(community).to_have_value("80")
    expect(page.locator(".ok-status")).to_be_empty()
    page.wait_for_function("location.hash.includes('community:80')")


def test_a_page_that_the_browser_had_laid_aside_shows_what_is_kept_now(launch: Launch, address: str) -> None:
    """It is the same page, so Python need not start again. Playwright switches this cache off for its own browser."""
    with launch(ignore_default_args=["--disable-back-forward-cache"]) as caching:
        page = caching.new_context().new_page()
        page.goto(address + PATH)
        page.wait_for_selector(READY, timeout=STARTING)
        page.locator(NOTE).fill("before")
        wait_kept(page, "before")
        page.evaluate("""() => {
            window.addEventListener("pageshow", ({ persisted }) => { window.laidAside = persisted; });
        }""")
        page.goto(address)
        kept = stored(page)["current"]
        put(page, {**kept, "state": kept["state"].replace("before", "meanwhile")})
        page.go_back(wait_until="commit")
        assert page.evaluate("window.laidAside"), page.evaluate("JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)")
        expect(page.locator(NOTE)).to_have_value("meanwhile")
        other = beside(page, "", live=False)
        put(other, {**kept, "state": kept["state"].replace("before", "later")})
        expect(page.locator(NOTE)).to_have_value("later")
