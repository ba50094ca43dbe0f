// Makes a page live: reads what the reader does, asks Python, morphs the answer in, keeps it. Knows nothing of scores or checklists.

import { Idiomorph } from "idiomorph";
import { keepSite, watchSite } from "./offline.mjs";
import { Runtime } from "./runtime.mjs";
import { exclusively, onNews, putAside, readPending, readState, writePending, writeState } from "./storage.mjs";

/** @import { Change, Download, Progress, Reply } from "./protocol" */

const LARGEST_IMPORT = 5_000_000; // bytes; Python refuses more, so do not read it
const QUIET = 600; // ms without a change before a screen reader is told

class LivePage {
  /** @type {string | null} what the page shows, as Python encodes it */
  #state = null;
  /** @type {Change[]} what the reader did and Python has not answered; the first `#sent` of them are under way */
  #pending = [];
  #sent = 0;
  /** @type {Promise<void> | null} */
  #working = null;
  /** The page shows a link: changes go into the address, not over the reader's own decision. */
  #linked = false;
  #refused = false;
  /** @type {Element | null} the field that the reader has changed last */
  #typedIn = null;
  /** @type {Promise<void> | undefined} */
  #begun;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.body = /** @type {HTMLElement} */ (root.querySelector(".ok-body"));
    this.notice = /** @type {HTMLElement} */ (root.querySelector(".ok-notice"));
    this.status = /** @type {HTMLElement} */ (root.querySelector(".ok-status"));
    this.spoken = /** @type {HTMLElement} */ (root.querySelector(".ok-spoken"));
    this.runtime = new Runtime((progress) => this.#showProgress(progress));
    this.about = {
      view: root.dataset.okView,
      options: JSON.parse(root.dataset.okOptions ?? "{}"),
      place: JSON.parse(root.dataset.okPlace ?? "{}"),
    };
    this.page = `${root.dataset.okView} ${root.dataset.okOptions}`;
  }

  listen() {
    this.body.addEventListener("input", (event) => this.#onInput(/** @type {HTMLInputElement} */ (event.target)));
    this.body.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-ok-do]");
      if (button instanceof HTMLButtonElement) this.#act(button);
    });
    this.root.addEventListener("pointerdown", () => this.#begin(), { once: true });
    this.root.addEventListener("focusin", () => this.#begin(), { once: true });
    window.addEventListener("hashchange", () => {
      if (location.hash.includes("=")) this.#open(location.hash.slice(1));
    });
    onNews(() => {
      if (this.#state !== null && !this.#linked && this.#pending.length === 0) this.#open("");
    });
    const connection = /** @type {{ saveData?: boolean } | undefined} */ (Reflect.get(navigator, "connection"));
    if (!connection?.saveData) whenIdle(() => this.#begin());
  }

  #begin() {
    this.#begun ??= this.#open(location.hash.includes("=") ? location.hash.slice(1) : "", true);
    return this.#begun;
  }

  /**
   * Take up what was kept, what the link carries, and what the reader has done meanwhile.
   * @param {string} fragment
   * @param {boolean} [first] whether changes of an earlier visit may be waiting
   */
  async #open(fragment, first = false) {
    this.root.classList.add("ok-starting");
    performance.mark("orchkit:start");
    if (first) this.#pending = [...((await this.#kept(() => readPending(this.page))) ?? []), ...this.#pending];
    try {
      await this.runtime.start();
    } catch (error) {
      this.#failed(error);
      return;
    }
    await this.#step(async (changes) => {
      const saved = await this.#kept(readState);
      const reply = await this.runtime.call({ do: "open", ...this.about, fragment, saved: saved ?? null, changes });
      this.root.classList.remove("ok-starting");
      this.root.classList.add("ok-ready");
      if (reply.ok && reply.damaged && saved) {
        await this.#kept(() => putAside(saved));
        await this.#keep(() => writeState(reply.state));
      }
      if (reply.ok) this.#linked = reply.linked ?? false;
      return reply;
    });
    performance.mark("orchkit:ready");
    if (first) whenIdle(() => keepSite((...message) => this.announce(...message)));
    this.#pump();
  }

  /** @param {HTMLInputElement} field */
  #onInput(field) {
    if (!field.name) return;
    this.#typedIn = field;
    this.#note({ name: field.name, value: field.value });
    this.#begin();
    this.#pump();
  }

  /** @param {Change} change */
  #note(change) {
    const waiting = this.#pending.slice(this.#sent).filter((other) => other.name !== change.name);
    this.#pending = [...this.#pending.slice(0, this.#sent), ...waiting, change];
    this.#keep(() => writePending(this.page, this.#pending));
  }

  /** Answer what is pending, in order; whoever calls may wait until nothing is. */
  #pump() {
    this.#working ??= this.#drain().finally(() => (this.#working = null));
    return this.#working;
  }

  async #drain() {
    while (this.#state !== null && this.#pending.length > 0) {
      const answered = await this.#step(async (changes) => {
        const kept = this.#linked ? undefined : await this.#kept(readState); // another tab may have gone on
        return this.runtime.call({ do: "change", ...this.about, state: kept ?? this.#state, changes });
      });
      if (!answered) return;
    }
  }

  /**
   * One request with what is pending, alone among all tabs. What is not answered stays pending.
   * @param {(changes: Change[]) => Promise<Reply>} ask
   * @param {boolean} [withPending] whether the request carries them
   */
  async #step(ask, withPending = true) {
    try {
      await exclusively(async () => {
        const changes = withPending ? [...this.#pending] : [];
        this.#sent = changes.length;
        const reply = await ask(changes);
        this.#pending = this.#pending.slice(this.#sent);
        this.#sent = 0;
        await this.#show(reply, changes.length > 0);
      });
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    } finally {
      this.#sent = 0;
    }
  }

  /**
   * @param {Reply} reply
   * @param {boolean} changed whether the reader did something that is worth keeping
   */
  async #show(reply, changed) {
    if (!reply.ok) {
      this.#say(reply.problems.join(" "), true);
      return;
    }
    this.#state = reply.state;
    if (this.#pending.length === 0) this.#morph(reply.html); // else a newer answer is on its way, and this one would undo what was typed since
    if (changed) {
      if (reply.fragment !== null) history.replaceState(history.state, "", `#${reply.fragment}`);
      await this.#keep(async () => {
        if (!this.#linked) await writeState(reply.state);
        await writePending(this.page, this.#pending);
      });
      this.#tell(reply.announcement);
    }
    if (this.#refused) return;
    if (this.#linked && reply.problems.length === 0) this.#offerOwn();
    else this.#say(reply.problems.join(" "), true);
  }

  /** @param {string} html */
  #morph(html) {
    Idiomorph.morph(this.body, html, {
      morphStyle: "innerHTML",
      ignoreActiveValue: document.activeElement === this.#typedIn, // the caret and the drag stay; what was only focused takes what was kept
      restoreFocus: true,
      callbacks: {
        // What the reader has unfolded stays unfolded.
        beforeAttributeUpdated: (/** @type {string} */ name, /** @type {Element} */ node) => !(name === "open" && node instanceof HTMLDetailsElement),
      },
    });
    const question = this.body.querySelector("[data-ok-focus]");
    if (question instanceof HTMLElement && !this.body.contains(document.activeElement)) question.focus();
  }

  /**
   * Read from storage; a browser that keeps nothing is no reason to stop.
   * @template T
   * @param {() => Promise<T>} reading
   * @returns {Promise<T | undefined>}
   */
  async #kept(reading) {
    try {
      return await reading();
    } catch {
      return undefined;
    }
  }

  /** @param {() => Promise<void>} writing */
  async #keep(writing) {
    try {
      await writing();
      this.#refused = false;
    } catch {
      this.#refused = true;
      this.#say("This browser refuses to keep your answers. Export the file before you leave.", true);
    }
  }

  /** @param {HTMLButtonElement} button */
  async #act(button) {
    if (button.dataset.okDo === "print") {
      window.print();
      return;
    }
    await this.#begin();
    await this.#pump();
    if (this.#state === null) return; // the start failed, and says so
    switch (button.dataset.okDo) {
      case "change":
        this.#note({ name: button.name, value: button.value });
        return this.#pump();
      case "copy-link":
        return this.#copyLink();
      case "export":
        return this.#export(button.value);
      case "import":
        return this.#import();
    }
  }

  async #copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#say("The link is copied. Whoever opens it sees this ranking.");
    } catch {
      this.#say(`Copy this link: ${location.href}`, true);
    }
  }

  /** @param {string} kind */
  async #export(kind) {
    try {
      const reply = await this.runtime.call({ do: "export", ...this.about, state: this.#state, as: kind });
      if (reply.ok && reply.download) this.#download(reply.download);
      else if (!reply.ok) this.#say(reply.problems.join(" "), true);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** @param {Download} download */
  #download({ filename, media_type, text }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${media_type};charset=utf-8` }));
    link.download = filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    this.#say(`${filename} is in your downloads.`);
  }

  #import() {
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = ".json,application/json";
    chooser.addEventListener("change", async () => {
      const file = chooser.files?.[0];
      if (!file) return;
      if (file.size > LARGEST_IMPORT) {
        this.#say(`${file.name}: is larger than ${LARGEST_IMPORT / 1e6} MB. It is no decision file; nothing was changed.`, true);
        return;
      }
      const text = await file.text();
      const before = this.#state;
      await this.#replace({ do: "import", state: before, text, filename: file.name });
      if (this.#state === before || before === null) return;
      this.#say(`${file.name} is taken over.`);
      this.#offer("Undo", () => this.#replace({ do: "change", state: before, changes: [] }));
    });
    chooser.click();
  }

  /**
   * Put another state in place of this one. The one that goes is kept aside.
   * @param {object} request
   */
  async #replace(request) {
    const before = this.#state;
    await this.#step(async () => {
      const reply = await this.runtime.call({ ...this.about, ...request });
      if (reply.ok) {
        if (before !== null) await this.#kept(() => putAside(before));
        await this.#keep(() => writeState(reply.state));
      }
      return reply;
    }, false);
  }

  #offerOwn() {
    this.#say("This ranking comes from a link. Your own weights are kept.");
    this.#offer("Back to mine", () => {
      history.replaceState(history.state, "", location.pathname);
      return this.#open("");
    });
    this.#offer("Keep these", async () => {
      this.#linked = false;
      if (this.#state !== null) await this.#replace({ do: "change", state: this.#state, changes: [] });
    });
  }

  /**
   * Put a button beside the message.
   * @param {string} label
   * @param {() => unknown} action
   */
  #offer(label, action) {
    this.status.append(" ", button(label, action));
  }

  /** @param {Progress} progress */
  #showProgress({ loaded, total }) {
    const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    this.#write(loaded < total ? `Making the page live: ${megabytes(loaded)} of ${megabytes(total)} MB` : "Making the page live: starting Python");
  }

  /**
   * Say what stays true whatever the reader does next, with what can be done about it.
   * @param {string} text
   * @param {string} label
   * @param {() => void} action
   */
  announce(text, label, action) {
    this.notice.textContent = text;
    this.notice.append(" ", button(label, action));
    this.#tell(text);
  }

  /** @param {unknown} error */
  async #failed(error) {
    this.root.classList.remove("ok-starting", "ok-ready");
    this.#begun = undefined;
    if (await isGone()) {
      this.#write("");
      this.announce("A newer edition of the handbook was published while this page was open. What you entered is kept.", "Reload", () => location.reload());
      return;
    }
    this.#say(`The page could not be made live (${error instanceof Error ? error.message : error}). What you read is complete; changes wait until it works.`, true);
    this.#offer("Try again", () => this.#begin());
  }

  /**
   * Write above the view, and tell a screen reader.
   * @param {string} text
   * @param {boolean} [wrong]
   */
  #say(text, wrong = false) {
    this.#write(text, wrong);
    if (text !== "") this.#tell(text);
  }

  /**
   * @param {string} text
   * @param {boolean} [wrong]
   */
  #write(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("ok-problem", wrong && text !== "");
  }

  /** @param {string} text */
  #tell(text) {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => (this.spoken.textContent = text), QUIET);
  }
}

/**
 * @param {string} label
 * @param {() => unknown} action
 */
function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

/** @param {() => void} work */
function whenIdle(work) {
  (window.requestIdleCallback ?? setTimeout)(work);
}

/** Whether the site has another edition by now than the one that this script belongs to. */
async function isGone() {
  const edition = new URL(".", import.meta.url).pathname;
  try {
    const page = await fetch(location.pathname, { cache: "no-store" });
    return page.ok && !(await page.text()).includes(edition.slice(edition.indexOf("live/")));
  } catch {
    return false; // no network: nothing is known
  }
}

const views = [...document.querySelectorAll(".ok-view")].map((root) => new LivePage(/** @type {HTMLElement} */ (root)));
for (const view of views) view.listen();
if (views.length === 0) watchSite(() => {});
