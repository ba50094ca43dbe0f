// Makes a page live: reads what the reader does, asks Python, morphs the answer in, keeps it. Knows nothing of scores or checklists.

import { Idiomorph } from "idiomorph";
import { keepSite, watchSite } from "./offline.mjs";
import { Runtime } from "./runtime.mjs";
import { askToStay, stampOf, Store, StorageError } from "./storage.mjs";

/** @import { Change, Download, Progress, Reply } from "./protocol" */
/** @import { Kept, Trouble } from "./storage.mjs" */

const LARGEST_IMPORT = 5_000_000; // bytes; Python refuses more, so do not read it
const PAUSE = 250; // ms without a change before what takes long is worked out: the next change would have to wait for it
const QUIET = 600; // ms without a change before a screen reader is told
const OWN = "orchkit-own"; // marks an address that this page wrote for what it has kept, so that it is no link after a reload
const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @type {Record<Trouble | "lost", string>} what the reader is told; what to do about it depends on the page */
const NOT_KEPT = {
  refused: "This browser keeps nothing for this site: what you change lasts as long as this page is open.",
  failed: "What this browser keeps cannot be reached. It stays as it is, and what you change now is not kept; the next change tries again.",
  full: "The space that this browser grants is full: your last changes are not kept. Free some; the next change tries again.",
  newer: "A newer edition of this handbook was here. What it kept stays as it is, and what you change on this page is not kept. Reload the page.",
  lost: "What this browser had kept was deleted. This page still has it, and keeps it again with your next change.",
};

class LivePage {
  /** @type {string | null} what the page shows, as Python encodes it */
  #state = null;
  /** @type {Change[]} what the reader did and Python has not answered; the first `#sent` of them are under way */
  #pending = [];
  #sent = 0;
  /** @type {Promise<void> | null} */
  #working = null;
  #turn = Promise.resolve();
  /** @type {string | null} what a link to what the page shows would carry */
  #fragment = null;
  /** The page shows a link: changes go into the address, not over the reader's own decision. */
  #linked = false;
  /** Python has more to work out for what is shown. */
  #more = false;
  /** @type {Element | null} the field that the reader has changed last */
  #typedIn = null;
  /** What the page shows began with the address. */
  #followed = false;
  /** @type {string | null} the reader's own decision, as far as this page knows */
  #own = null;
  /** @type {Kept | undefined} what storage held when this page last looked */
  #kept;
  /** @type {Change[]} answered, and not in storage yet: in `#own`, or on top of what will be read */
  #unkept = [];
  /** @type {number | undefined} stamp of the decision that changes were made on while Python was not there to show it */
  #knew;
  /** `#own` takes the place of whatever is stored. */
  #replaced = false;
  /** What is stored is kept aside when something takes its place. */
  #aside = false;
  /** What is stored is for a newer edition to read: nothing is written. */
  #sealed = false;
  #troubled = false;
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
    this.memory = /** @type {HTMLElement} */ (root.querySelector(".ok-memory"));
    this.runtime = new Runtime((progress) => this.#showProgress(progress));
    this.about = {
      view: root.dataset.okView,
      options: JSON.parse(root.dataset.okOptions ?? "{}"),
      place: { ...JSON.parse(root.dataset.okPlace ?? "{}"), origin: location.origin },
      tab: tabOf(root.dataset), // what this tab shows, which is no part of the decision
      address: "", // what the page's address carried when it was followed last
    };
    this.store = new Store(`${root.dataset.okView} ${root.dataset.okOptions}`, {
      onNews: () => this.#catchUp(),
      onLoss: () => this.#lose(),
      onNewer: () => this.#trouble(new StorageError("newer", "taken over")),
    });
  }

  listen() {
    this.body.addEventListener("input", (event) => this.#onInput(/** @type {HTMLInputElement} */ (event.target)));
    this.body.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-ok-do]");
      if (button instanceof HTMLButtonElement) this.#act(button);
    });
    this.root.addEventListener("pointerdown", () => this.#begin(), { once: true });
    this.root.addEventListener("focusin", () => this.#begin(), { once: true });
    if (this.root.contains(document.activeElement)) this.#begin(); // touched before this script had come
    window.addEventListener("hashchange", () => this.#follow());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#catchUp());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#catchUp());
    const connection = /** @type {{ saveData?: boolean } | undefined} */ (Reflect.get(navigator, "connection"));
    if (!connection?.saveData) whenIdle(() => this.#begin());
  }

  #begin() {
    this.#begun ??= this.#open(true);
    return this.#begun;
  }

  /**
   * Take up what was kept, what the link carries, and what the reader has done meanwhile.
   * @param {boolean} [first] whether changes of an earlier visit may be waiting
   */
  async #open(first = false) {
    this.root.classList.add("ok-starting");
    performance.mark("orchkit:start");
    try {
      const started = Promise.resolve().then(() => this.runtime.start()); // a browser may refuse the worker at once
      await Promise.all([first && this.#noteStamp(), started]);
    } catch (error) {
      this.#failed(error);
      return;
    }
    const opened = await this.#alone(async () => {
      if (this.#own === null) await this.#takeUp();
      let kept = await this.#look();
      const mine = this.#link() === "" && (kept !== undefined || this.#own !== null);
      const link = mine ? "" : fragment(); // where nothing is kept, an address of the reader's own is all there is
      if (link !== "" && this.#unkept.length > 0) {
        await this.#meet(kept, "", false); // these were made on the reader's own decision, not on the link
        await this.#keep(false);
        kept = this.#kept;
      }
      this.about.address = link;
      const changed = await this.#meet(kept, link);
      this.root.classList.remove("ok-starting");
      this.root.classList.add("ok-ready");
      await this.#keep();
      if (changed) this.#writeAddress();
      else this.#followOwn();
    });
    performance.mark("orchkit:ready");
    if (first) whenIdle(() => keepSite((...message) => this.announce(...message)));
    if (opened) this.#pump();
  }

  /** Remember what the reader's changes are made on, for as long as Python is not there to show it. */
  async #noteStamp() {
    if (this.#own !== null) return;
    try {
      this.#knew ??= stampOf(await this.store.read());
      if (this.#pending.length > 0) await this.#noteWaiting();
    } catch (error) {
      this.#trouble(error);
    }
  }

  /**
   * Take over what earlier visits have left undone. Only now that it can be applied at once: it may be another tab's that is open, and will go on.
   */
  async #takeUp() {
    try {
      const own = await this.store.adopt("");
      this.#unkept = [...(own?.changes ?? []), ...this.#unkept];
      if (own?.knew !== undefined) this.#knew = Math.min(this.#knew ?? own.knew, own.knew);
      if (this.#link() === "") return;
      const linked = await this.store.adopt(this.#link());
      this.#pending = [...(linked?.changes ?? []), ...this.#pending];
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** Show what the address says now: a link, or nothing any more, which is the reader's own. */
  async #follow() {
    if (fragment() === "" && (location.hash !== "" || !this.#followed)) return; // a place on the page
    await this.#begin();
    await this.#pump();
    if (this.#state !== null) await this.#open();
  }

  /** Show what another tab has written, or what was written while this page lay still. */
  async #catchUp() {
    if (this.#state === null || this.#linked || this.#pending.length > 0) return;
    await this.#alone(async () => {
      const kept = await this.#look();
      if (kept?.state === this.#kept?.state) return;
      if (kept === undefined) return this.#lose();
      await this.#meet(kept, "");
      await this.#keep();
      this.#followOwn();
    });
  }

  /** The link that the address carries; nothing where this page wrote the address for what it keeps. */
  #link() {
    return history.state?.[OWN] ? "" : fragment();
  }

  /** What storage holds; where it cannot be read, what it held when it could. */
  async #look() {
    try {
      return await this.store.read();
    } catch (error) {
      this.#trouble(error);
      return this.#kept;
    }
  }

  /**
   * Bring together what is stored, what a link carries and what the reader has done here.
   * @param {Kept | undefined} kept
   * @param {string} link
   * @param {boolean} [withPending]
   * @returns {Promise<boolean>} whether the reader had done something that the page now shows
   */
  async #meet(kept, link, withPending = true) {
    const news = kept !== undefined && kept.state !== this.#kept?.state && !this.#replaced;
    const again = news || this.#own === null ? this.#unkept : []; // else the decision has them already
    const saved = news || this.#own === null ? (kept?.state ?? null) : this.#own;
    const unseen = this.#own !== null || (this.#knew ?? stampOf(kept)) !== stampOf(kept);
    let { reply, changes } = await this.#ask({ do: "open", fragment: link, saved }, again, withPending);
    if (!reply.ok) {
      this.#show(reply);
      return false;
    }
    const unreadable = reply.newer || (reply.damaged && this.#own !== null); // this page read it once, so whoever wrote it knows more
    if (news) {
      this.#sealed = unreadable ?? false;
      this.#aside = reply.damaged ?? false;
    }
    this.#kept = kept;
    if (unreadable) {
      this.#trouble(new StorageError("newer", "another edition wrote it"));
      if (this.#own !== null) {
        this.#pending = [...changes, ...this.#pending];
        ({ reply, changes } = await this.#ask({ do: "open", fragment: link, saved: this.#own }, [], withPending));
        if (!reply.ok) {
          this.#show(reply);
          return false;
        }
      }
    }
    this.#linked = reply.linked ?? false;
    this.#followed = link !== "";
    if (!this.#linked) this.#unkept = [...this.#unkept, ...changes];
    if (!this.#linked && (link === "" || changes.length > 0)) this.#own = reply.state;
    else if (!unreadable) this.#own = saved;
    this.#show(reply, changes.length > 0, news && this.#state !== null);
    if (news && unseen && link === "" && again.length + changes.length > 0) {
      this.#say("What you did here was added to what another tab had changed.");
      this.#offer("Undo", () => this.#replace({ do: "change", state: kept.state, changes: [] }));
    }
    if (reply.damaged && kept) this.#offer("Save what is there", () => this.#download({ filename: "unreadable.txt", media_type: "text/plain", text: kept.state }));
    return changes.length > 0;
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
    this.#noteWaiting();
  }

  /** Keep what is not in the decision yet, before Python is asked: a reload may come at any time. */
  async #noteWaiting() {
    if (this.#sealed || (this.#linked && this.#unkept.length > 0)) return; // the list of the one would take the place of the other's
    try {
      await this.store.note(this.#link(), [...this.#unkept, ...this.#pending], this.#own === null ? this.#knew : stampOf(this.#kept));
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** Answer what is pending, in order; whoever calls may wait until nothing is. */
  #pump() {
    this.#working ??= this.#drain().finally(() => (this.#working = null));
    return this.#working;
  }

  async #drain() {
    while (this.#state !== null && this.#pending.length > 0) {
      if (!(await this.#alone(() => this.#advance()))) return;
    }
  }

  /** Apply what is pending to what the page shows. */
  async #advance() {
    if (this.#pending.length === 0) return;
    const before = this.#linked ? this.#state : (this.#own ?? this.#state);
    const { reply, changes } = await this.#ask({ do: "change", state: before });
    if (reply.ok && !this.#linked) {
      this.#own = reply.state;
      if (reply.state !== before) this.#unkept = [...this.#unkept, ...changes]; // what was only looked at is not kept
    }
    this.#show(reply, true);
    if (this.#linked && reply.ok) this.#writeAddress();
    if (this.#linked || !reply.ok || this.#own === before) await this.#noteWaiting();
    else {
      await this.#keep();
      this.#writeAddress();
    }
  }

  /**
   * One thing at a time. What is not answered stays pending.
   * @param {() => Promise<void>} work
   * @returns {Promise<boolean>} whether it worked
   */
  async #alone(work) {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    try {
      await turn;
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  /**
   * Ask Python, with what is pending.
   * @param {object} request
   * @param {Change[]} [again] changes that were answered before, on another decision
   * @param {boolean} [withPending]
   */
  async #ask(request, again = [], withPending = true) {
    const changes = withPending ? [...this.#pending] : [];
    this.#sent = changes.length;
    try {
      const reply = await this.runtime.call({ ...this.about, ...request, changes: [...again, ...changes], again: again.length });
      this.#pending = this.#pending.slice(this.#sent);
      return { reply, changes };
    } finally {
      this.#sent = 0;
    }
  }

  /**
   * Write the reader's decision; where another tab was faster, on top of what that one wrote.
   * @param {boolean} [withPending] whether what is pending is meant for it
   */
  async #keep(withPending = true) {
    while (!this.#linked && !this.#sealed && this.#own !== null && (this.#unkept.length > 0 || this.#replaced)) {
      const [basis, unkept] = [this.#kept, this.#unkept];
      const kept = { state: this.#own, at: Date.now() };
      [this.#kept, this.#unkept] = [kept, []]; // what is noted meanwhile comes on top of this
      let found;
      try {
        if (await this.store.write(kept, { basis, aside: this.#aside, link: withPending ? this.#link() : "", waiting: withPending ? this.#pending : [] })) {
          this.#replaced = this.#aside = this.#troubled = false;
          this.#tellKept();
          askToStay();
          return;
        }
        found = await this.store.read();
      } catch (error) {
        [this.#kept, this.#unkept] = [basis, unkept];
        this.#trouble(error);
        await this.#noteWaiting();
        return;
      }
      [this.#kept, this.#unkept] = [basis, unkept];
      if (found === undefined || this.#replaced) this.#kept = found;
      else await this.#meet(found, "", withPending);
    }
    this.#tellKept();
  }

  /**
   * Say that something is not kept, and why. Any other error is somebody else's.
   * @param {unknown} error
   */
  #trouble(error) {
    if (!(error instanceof StorageError)) throw error;
    this.#sealed ||= error.trouble === "newer";
    this.#tellNotKept(error.trouble);
  }

  /** What was kept is gone; the page still has it. */
  #lose() {
    if (this.#kept === undefined) return;
    this.#kept = undefined;
    if (this.#own !== null) this.#tellNotKept("lost");
  }

  /** @param {keyof typeof NOT_KEPT} why */
  #tellNotKept(why) {
    const repair = this.body.querySelector("[data-ok-do=export][value=decision]")
      ? " Export the file before you leave."
      : this.body.querySelector("[data-ok-do=copy-link]")
        ? " Copy the link before you leave."
        : "";
    const text = NOT_KEPT[why] + repair;
    if (this.memory.textContent !== text) this.#tell(text);
    this.#troubled = true;
    this.memory.textContent = text;
    this.memory.classList.add("ok-problem");
  }

  /** Say what is kept and since when, unless there is something wrong with it. */
  #tellKept() {
    if (this.#troubled) return;
    this.memory.textContent = this.#kept?.at && !this.#linked ? `Kept in this browser: ${MOMENT.format(this.#kept.at)}` : "";
    this.memory.classList.remove("ok-problem");
  }

  /**
   * @param {Reply} reply
   * @param {boolean} [changed] whether the reader did something
   * @param {boolean} [news] whether another tab did something
   */
  #show(reply, changed = false, news = false) {
    if (!reply.ok) {
      this.#say(reply.problems.join(" "), true);
      return;
    }
    this.#state = reply.state;
    this.#fragment = reply.fragment;
    this.#more = reply.more;
    this.#keepTab(reply);
    if (reply.more) this.#goOn(changed ? PAUSE : 0);
    // else a newer answer is on its way, and this one would undo what was typed since
    if (this.#pending.length === 0) this.#morph(reply.html, news && !changed);
    if (changed) this.#tell(reply.announcement);
    if (this.#linked && reply.problems.length === 0) this.#offerOwn();
    else this.#say(reply.problems.join(" "), true);
  }

  /** @param {{ tab: string, left: boolean }} reply */
  #keepTab({ tab, left }) {
    if (left) {
      this.about.address = "";
      history.replaceState(history.state, "", location.pathname);
    }
    this.about.tab = tab;
    try {
      sessionStorage.setItem(tabKey(this.root.dataset), tab);
    } catch {
      // it lasts as long as the page
    }
  }

  /** Let the address say what the page shows. */
  #writeAddress() {
    if (this.#fragment === null) return;
    const own = !this.#linked && !this.#sealed && this.#unkept.length === 0 && !this.#replaced; // else the address is all that a reload leaves
    history.replaceState({ ...history.state, [OWN]: own }, "", `#${this.#fragment}`);
  }

  /** Where the page wrote the address for what it keeps, go on doing so. */
  #followOwn() {
    if (history.state?.[OWN] && fragment() !== "" && !this.#linked) this.#writeAddress();
  }

  /**
   * While the reader does nothing, have what takes long worked out bit by bit; whatever they do comes first and ends it.
   * @param {number} [pause] ms to wait before
   */
  async #goOn(pause = 0) {
    const state = this.#state;
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    await new Promise((resolve) => whenIdle(() => resolve(undefined)));
    if (!this.#more || this.#state !== state || this.#pending.length > 0) return; // another answer says whether there is more
    this.#more = false; // one at a time
    try {
      const reply = await this.runtime.call({ do: "continue", ...this.about, state });
      if (!reply.ok || this.#state !== state || this.#pending.length > 0) return;
      this.#morph(reply.html);
      this.#more = reply.more;
      if (reply.more) this.#goOn();
    } catch (error) {
      this.#failed(error);
    }
  }

  /**
   * @param {string} html
   * @param {boolean} [everywhere] also where the reader has the caret
   */
  #morph(html, everywhere = false) {
    const focused = this.body.contains(document.activeElement);
    const around = namesAround(document.activeElement);
    Idiomorph.morph(this.body, html, {
      morphStyle: "innerHTML",
      ignoreActiveValue: !everywhere && document.activeElement === this.#typedIn, // what was only focused takes what was kept
      restoreFocus: true,
      callbacks: {
        beforeNodeMorphed: (/** @type {Node} */ old, /** @type {Node} */ drawn) => !isBetter(old, drawn) && !isSame(old, drawn),
        // What the reader has unfolded stays unfolded.
        beforeAttributeUpdated: (/** @type {string} */ name, /** @type {Element} */ node) => !(name === "open" && node instanceof HTMLDetailsElement),
      },
    });
    if (!focused || this.body.contains(document.activeElement)) return;
    // What had the focus is gone, and the keyboard must not begin anew: go on where it stood.
    const near = around.map((id) => document.getElementById(id)).find((one) => this.body.contains(one));
    const heir = (near && entrance(near)) ?? entrance(this.body);
    heir?.focus();
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
        this.#note({ name: button.name, value: button.dataset.okFresh === undefined ? button.value : fresh() });
        return this.#pump();
      case "copy-link":
        return this.#copyLink();
      case "copy":
        return this.#copy(button.value);
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
    const made = await this.#make(kind);
    if (made) this.#download(made);
  }

  /**
   * Put what would be a file into the clipboard.
   * @param {string} kind
   */
  async #copy(kind) {
    const made = await this.#make(kind);
    if (!made) return;
    try {
      await navigator.clipboard.writeText(made.text);
      this.#say(`The text of ${made.filename} is copied.`);
    } catch {
      this.#say("This browser does not let the page copy.", true);
      this.#offer("Take the file", () => this.#download(made));
    }
  }

  /**
   * Have Python write a file.
   * @param {string} kind
   * @returns {Promise<Download | undefined>}
   */
  async #make(kind) {
    try {
      const reply = await this.runtime.call({ do: "export", ...this.about, state: this.#state, as: kind });
      if (reply.ok) return reply.download;
      this.#say(reply.problems.join(" "), true);
    } catch (error) {
      this.#failed(error);
    }
    return undefined;
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
      /** @type {HTMLElement | null} */ (this.body.querySelector("[data-ok-arrived]"))?.focus(); // it asks first
      if (this.#state === before || before === null) return;
      this.#say(`${file.name} is taken over.`);
      this.#offer("Undo", () => this.#replace({ do: "change", state: before, changes: [] }));
    });
    chooser.click();
  }

  /**
   * Put another state in place of this one. The one that goes is kept aside.
   * @param {{ do: string, [more: string]: unknown }} request
   */
  async #replace(request) {
    await this.#alone(async () => {
      const reply = await this.runtime.call({ ...this.about, ...request });
      if (reply.ok && reply.state === this.#state && request.do === "import") {
        this.#show(reply, true);
        return;
      }
      if (reply.ok) {
        this.#own = reply.state;
        this.#unkept = [];
        this.#replaced = this.#aside = true;
        this.#linked = this.#followed = false;
      }
      this.#show(reply);
      await this.#keep();
      if (reply.ok && fragment() !== "") this.#writeAddress();
    });
  }

  #offerOwn() {
    this.#say("What you see comes from a link. Your own decision is kept.");
    this.#offer("Back to mine", () => {
      history.replaceState(history.state, "", location.pathname);
      return this.#open();
    });
    this.#offer("Keep these", async () => {
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

/** @param {DOMStringMap} about */
function tabKey(about) {
  return `orchkit ${about.okView} ${about.okOptions}`;
}

/**
 * What this tab showed before a reload.
 * @param {DOMStringMap} about
 */
function tabOf(about) {
  try {
    return sessionStorage.getItem(tabKey(about)) ?? "";
  } catch {
    return "";
  }
}

/** A name that nothing else has, and the reader's day: Python may neither draw the one nor know the other. */
function fresh() {
  const letters = [...crypto.getRandomValues(new Uint8Array(8))].map((one) => (one % 36).toString(36)).join("");
  return `${letters} ${new Date().toLocaleDateString("sv")}`;
}

/** What the address carries behind `#`, when it is more than a place on the page. */
function fragment() {
  return location.hash.includes("=") ? location.hash.slice(1) : "";
}

/**
 * Whether a part that takes long is better left as it stands: finished, or drawn anew with nothing in it yet. Drawn from its
 * beginnings it would flicker and say less.
 * @param {Node} old
 * @param {Node} drawn
 */
function isBetter(old, drawn) {
  if (!(old instanceof HTMLElement && drawn instanceof HTMLElement)) return false;
  if (drawn.ariaBusy === "true" && drawn.childElementCount === 0) {
    old.ariaBusy = "true";
    return true;
  }
  return old.dataset.okPart !== undefined && old.dataset.okPart === drawn.dataset.okPart && old.ariaBusy !== "true";
}

/**
 * Whether a part is as it was drawn, so that nothing below it has to be looked at. What a field holds is no attribute of it.
 * @param {Node} old
 * @param {Node} drawn
 */
function isSame(old, drawn) {
  const fields = "input, select, textarea";
  return old instanceof Element && !old.matches(fields) && old.querySelector(fields) === null && old.isEqualNode(drawn);
}

/**
 * Ids of an element and of what it stands in, the innermost first.
 * @param {Element | null} element
 */
function namesAround(element) {
  const names = [];
  for (let one = element; one !== null; one = one.parentElement) if (one.id) names.push(one.id);
  return names;
}

/**
 * Where the keyboard goes on in an element: where it says so, else at its first field; of radio buttons at the chosen one, as Tab does.
 * @param {Element} element
 */
function entrance(element) {
  const asked = /** @type {HTMLElement | null} */ (element.querySelector("[data-ok-focus]"));
  const fields = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(":is(input, select, textarea, button):enabled")]);
  return asked ?? fields.find((one) => !(one instanceof HTMLInputElement && one.type === "radio" && !one.checked));
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
if (document.querySelector("[data-ok-pair]") !== null) import("./lab.mjs");
