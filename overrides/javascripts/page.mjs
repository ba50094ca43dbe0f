// Makes a page live: reads what the reader does, asks Python, morphs the answer in, saves it. Knows nothing of scores or checklists.

import { Idiomorph } from "idiomorph";
import { Runtime } from "./runtime.mjs";
import { putAside, read, write } from "./storage.mjs";

/** @import { Change, Download, Progress, Reply, Saved } from "./protocol" */

const LARGEST_IMPORT = 5_000_000; // bytes; Python refuses more, so do not read it
const QUIET = 600; // ms without a change before a screen reader is told

class LivePage {
  /** @type {string | null} */
  #state = null;
  /** @type {Change[]} */
  #pending = [];
  #busy = false;
  #unsaved = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.body = /** @type {HTMLElement} */ (root.querySelector(".ok-body"));
    this.status = /** @type {HTMLElement} */ (root.querySelector(".ok-status"));
    this.spoken = /** @type {HTMLElement} */ (root.querySelector(".ok-spoken"));
    this.runtime = new Runtime((progress) => this.#showProgress(progress));
    this.about = {
      view: root.dataset.okView,
      options: JSON.parse(root.dataset.okOptions ?? "{}"),
      place: JSON.parse(root.dataset.okPlace ?? "{}"),
    };
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
    const connection = /** @type {{ saveData?: boolean } | undefined} */ (Reflect.get(navigator, "connection"));
    if (!connection?.saveData) (window.requestIdleCallback ?? setTimeout)(() => this.#begin());
  }

  /** @type {Promise<void> | undefined} */
  #begun;

  #begin() {
    this.#begun ??= this.#open(location.hash.includes("=") ? location.hash.slice(1) : "");
    return this.#begun;
  }

  /**
   * Take up what was saved and what the link carries.
   * @param {string} fragment
   */
  async #open(fragment) {
    const saved = await this.#recall();
    this.#busy = true;
    this.root.classList.add("ok-starting");
    const before = this.#pending;
    this.#pending = [];
    const changes = [...(saved?.pending ?? []), ...before];
    try {
      const reply = await this.runtime.call({ do: "open", ...this.about, fragment, saved: saved?.state ?? null, changes });
      this.root.classList.replace("ok-starting", "ok-ready");
      if (reply.ok && reply.damaged && saved) await putAside(saved);
      this.#show(reply, changes.length > 0);
    } catch (error) {
      this.#pending = [...before, ...this.#pending];
      this.#failed(error);
    } finally {
      this.#busy = false;
    }
    this.#pump();
  }

  /** @returns {Promise<Saved | undefined>} */
  async #recall() {
    try {
      return await read();
    } catch {
      this.#say("This browser keeps nothing for this site. Export what you want to keep.");
      return undefined;
    }
  }

  /** @param {HTMLInputElement} field */
  #onInput(field) {
    if (!field.name) return;
    this.#pending = [...this.#pending.filter((change) => change.name !== field.name), { name: field.name, value: field.value }];
    this.#save();
    this.#begin();
    this.#pump();
  }

  async #pump() {
    if (this.#busy || this.#state === null || this.#pending.length === 0) return;
    this.#busy = true;
    const changes = this.#pending;
    this.#pending = [];
    try {
      this.#show(await this.runtime.call({ do: "change", ...this.about, state: this.#state, changes }), true);
    } catch (error) {
      this.#pending = [...changes, ...this.#pending];
      this.#failed(error);
      return;
    } finally {
      this.#busy = false;
    }
    this.#pump();
  }

  /**
   * @param {Reply} reply
   * @param {boolean} changed whether the reader did something that is worth keeping
   */
  #show(reply, changed) {
    if (!reply.ok) {
      this.#say(reply.problems.join(" "), true);
      return;
    }
    this.#state = reply.state;
    if (this.#pending.length === 0) this.#morph(reply.html); // else a newer answer is on its way, and this one would undo what was typed since
    if (changed) {
      if (reply.fragment !== null) history.replaceState(history.state, "", `#${reply.fragment}`);
      this.#save();
      this.#tell(reply.announcement);
    }
    this.#say(reply.problems.join(" "), true);
  }

  /** @param {string} html */
  #morph(html) {
    Idiomorph.morph(this.body, html, {
      morphStyle: "innerHTML",
      ignoreActiveValue: true,
      restoreFocus: true,
      callbacks: {
        // What the reader has unfolded stays unfolded.
        beforeAttributeUpdated: (/** @type {string} */ name, /** @type {Element} */ node) => !(name === "open" && node instanceof HTMLDetailsElement),
      },
    });
  }

  async #save() {
    if (this.#state === null && this.#pending.length === 0) return;
    try {
      const state = this.#state ?? (await read())?.state ?? "";
      await write({ state, pending: this.#pending });
      this.#unsaved = false;
    } catch {
      if (!this.#unsaved) this.#say("This browser refuses to keep your answers. Export the file before you leave.", true);
      this.#unsaved = true;
    }
  }

  /** @param {HTMLButtonElement} button */
  async #act(button) {
    await this.#begin();
    switch (button.dataset.okDo) {
      case "change":
        this.#pending.push({ name: button.name, value: button.value });
        return this.#pump();
      case "copy-link":
        return this.#copyLink();
      case "export":
        return this.#export(button.value);
      case "import":
        return this.#import();
      case "print":
        return window.print();
    }
  }

  async #copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#say("The link is copied. Whoever opens it sees these weights.");
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
      try {
        const reply = await this.runtime.call({ do: "import", ...this.about, text: await file.text(), filename: file.name });
        this.#show(reply, true);
        if (reply.ok) this.#say(`${file.name} is taken over.`);
      } catch (error) {
        this.#failed(error);
      }
    });
    chooser.click();
  }

  /** @param {Progress} progress */
  #showProgress({ loaded, total }) {
    const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    this.#write(loaded < total ? `Making the page live: ${megabytes(loaded)} of ${megabytes(total)} MB` : "Making the page live: starting Python");
  }

  /** @param {unknown} error */
  #failed(error) {
    this.root.classList.remove("ok-starting", "ok-ready");
    this.#begun = undefined;
    this.#say(`The page could not be made live (${error instanceof Error ? error.message : error}). What you read is complete; changes wait until it works.`, true);
    const retry = document.createElement("button");
    retry.type = "button";
    retry.textContent = "Try again";
    retry.addEventListener("click", () => this.#begin());
    this.status.append(" ", retry);
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

for (const root of document.querySelectorAll(".ok-view")) new LivePage(/** @type {HTMLElement} */ (root)).listen();
