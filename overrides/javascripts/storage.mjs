// What the browser keeps: one decision for all pages, what each page has still to add to it, and what had to make room.
// Nothing is overwritten unseen: a write names what it replaces, and is refused when another tab has written meanwhile.

import { openDB } from "idb";

/** @import { IDBPDatabase, IDBPObjectStore } from "idb" */
/** @import { Change } from "./protocol" */

/**
 * @typedef {object} Kept
 * @property {string} state as Python encodes it
 * @property {number} [at] when it was written, in ms since 1970
 */
/**
 * @typedef {object} Waiting
 * @property {Change[]} changes what is not yet in the decision
 * @property {number} [knew] the stamp of the decision that they were made on
 * @property {number} noted when they were noted
 */
/** @typedef {IDBPObjectStore<any, ["decisions"], "decisions", "readwrite">} Writable */
/** @typedef {"refused" | "failed" | "full" | "newer"} Trouble */

const NAME = "orchkit";
const VERSION = 1;
const STORE = "decisions";
const CURRENT = "current";
const ASIDE = "aside ";
const MOST_ASIDE = 10; // or what made room would fill the storage by and by
const LONGEST = 5_000; // ms: a database that another tab blocks may never answer
const SHORT = 50; // ms, once it has kept somebody waiting

export class StorageError extends Error {
  /**
   * @param {Trouble} trouble
   * @param {unknown} cause
   */
  constructor(trouble, cause) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.trouble = trouble;
  }
}

/** One page's way to the storage that all pages share. */
export class Store {
  /** @type {Promise<IDBPDatabase> | undefined} */
  #database;
  #slow = false;
  #tab = `${Date.now()}-${Math.random()}`; // of this visit: pages that are open at once must not overwrite each other's list
  /** @type {Map<string, number>} where this visit may have noted something, by the number of the last request to do so */
  #noted = new Map();
  #requests = 0;
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /**
   * @param {string} page
   * @param {{ onNews: () => void, onLoss: () => void, onNewer: () => void }} listeners called when another tab has written; when what was kept has
   *   been deleted; when a newer edition has taken the storage over
   */
  constructor(page, listeners) {
    this.page = page;
    this.listeners = listeners;
    this.#listen();
    // A page that the browser lays aside must not be sent news, or it could not be taken up again as it was.
    window.addEventListener("pagehide", () => this.#channel?.close());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#listen());
  }

  /** @returns {Promise<Kept | undefined>} the reader's decision */
  read() {
    return this.#within("readonly", async (store) => asKept(await store.get(CURRENT)));
  }

  /**
   * Write the reader's decision in place of `basis`.
   * @param {Kept} kept
   * @param {{ basis: Kept | undefined, aside: boolean, link: string, waiting: Change[] }} with what the page took for stored; whether to keep that;
   *   what is still to be added
   * @returns {Promise<boolean>} whether it was written; not when something else than `basis` was stored
   */
  async write(kept, { basis, aside, link, waiting }) {
    const note = this.#note(link, { changes: waiting, knew: stampOf(kept), noted: Date.now() });
    const written = await this.#within("readwrite", async (store) => {
      const found = asKept(await store.get(CURRENT));
      if (found?.state !== basis?.state) return false;
      const room = aside && found ? await putAside(store, found.state) : [];
      await last(store, [...room, store.put(kept, CURRENT), ...note(store)]);
      return true;
    });
    if (written) this.#tellOthers();
    return written;
  }

  /**
   * Keep what the reader did until it is in the decision.
   * @param {string} link the link that the page shows, or nothing
   * @param {Change[]} changes
   * @param {number | undefined} knew the stamp of the decision that they were made on
   */
  note(link, changes, knew) {
    const note = this.#note(link, { changes, knew, noted: Date.now() });
    return this.#within("readwrite", (store) => last(store, note(store)));
  }

  /**
   * Take over what earlier visits to this page, or other tabs, have noted and not added.
   * @param {string} link
   * @returns {Promise<Waiting | undefined>}
   */
  adopt(link) {
    const prefix = `pending ${this.page} ${link} `;
    const own = prefix + this.#tab;
    this.#noted.set(own, ++this.#requests);
    return this.#within("readwrite", async (store) => {
      const keys = (await store.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`))).filter((key) => key !== own);
      if (keys.length === 0) return undefined;
      const found = (await Promise.all(keys.map((key) => store.get(key)))).map(asWaiting).sort((one, other) => one.noted - other.noted);
      const all = { changes: found.flatMap(({ changes }) => changes), knew: found.find(({ knew }) => knew !== undefined)?.knew, noted: Date.now() };
      const mine = asWaiting(await store.get(own));
      const moved = { ...all, changes: [...all.changes, ...mine.changes] };
      await last(store, [...keys.map((key) => store.delete(key)), store.put(moved, own)]);
      return all;
    });
  }

  /**
   * Requests are numbered when they are made, because they are carried out later: each leaves one list, under the link of its time.
   * @param {string} link
   * @param {Waiting} waiting
   * @returns {(store: Writable) => Promise<unknown>[]}
   */
  #note(link, waiting) {
    const key = `pending ${this.page} ${link} ${this.#tab}`;
    const number = ++this.#requests;
    const others = [...this.#noted.keys()].filter((other) => other !== key);
    this.#noted.set(key, number);
    return (store) => {
      store.transaction.done.then(
        () => others.forEach((other) => (this.#noted.get(other) ?? number) < number && this.#noted.delete(other)),
        () => {}, // said by whoever asked
      );
      return [...others.map((other) => store.delete(other)), waiting.changes.length > 0 ? store.put(waiting, key) : store.delete(key)];
    };
  }

  /**
   * @template {IDBTransactionMode} Mode
   * @template T
   * @param {Mode} mode
   * @param {(store: IDBPObjectStore<any, ["decisions"], "decisions", Mode>) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #within(mode, work) {
    const done = this.#transact(mode, work);
    done.then(() => (this.#slow = false)).catch(() => {});
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const limit = new Promise((_, reject) => {
      timer = setTimeout(
        () => {
          this.#slow = true;
          reject(new StorageError("failed", "it does not answer"));
        },
        this.#slow ? SHORT : LONGEST,
      );
    });
    return Promise.race([done, limit]).finally(() => clearTimeout(timer));
  }

  /**
   * @template {IDBTransactionMode} Mode
   * @template T
   * @param {Mode} mode
   * @param {(store: IDBPObjectStore<any, ["decisions"], "decisions", Mode>) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #transact(mode, work) {
    const transaction = await this.#begin(mode);
    try {
      const [result] = await Promise.all([work(transaction.store), transaction.done]);
      return result;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // it has ended by itself
      }
      throw new StorageError(nameOf(error) === "QuotaExceededError" ? "full" : "failed", error);
    }
  }

  /**
   * @template {IDBTransactionMode} Mode
   * @param {Mode} mode
   */
  async #begin(mode) {
    try {
      return (await this.#open()).transaction(STORE, mode);
    } catch {
      this.#database = undefined; // the browser may have closed it and not said so yet
    }
    try {
      return (await this.#open()).transaction(STORE, mode);
    } catch (error) {
      this.#database = undefined;
      throw new StorageError(nameOf(error) === "VersionError" ? "newer" : nameOf(error) === "QuotaExceededError" ? "full" : "refused", error);
    }
  }

  #tellOthers() {
    try {
      this.#channel?.postMessage("written");
    } catch {
      // this page is being left, and its channel is closed
    }
  }

  #listen() {
    try {
      this.#channel = new BroadcastChannel(NAME);
      this.#channel.addEventListener("message", this.listeners.onNews);
    } catch {
      // without one, a page looks when it is seen again, and when it writes
    }
  }

  async #open() {
    this.#database ??= openDB(NAME, VERSION, {
      upgrade: (made) => {
        made.createObjectStore(STORE);
      },
      blocking: (_, wanted, event) => {
        /** @type {IDBDatabase} */ (event.target).close();
        this.#database = undefined;
        if (wanted === null) this.listeners.onLoss();
        else this.listeners.onNewer();
      },
      terminated: () => {
        this.#database = undefined;
        this.listeners.onLoss();
      },
    });
    return this.#database;
  }
}

let asked = false;

/** Ask the browser once to keep this site's storage when space runs short. Where it says no, nothing changes. */
export async function askToStay() {
  if (asked) return;
  asked = true;
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // it may know no such thing
  }
}

/**
 * @param {Writable} store
 * @param {string} state
 */
async function putAside(store, state) {
  const keys = await store.getAllKeys(IDBKeyRange.bound(ASIDE, `${ASIDE}\uffff`));
  const oldest = keys.slice(0, Math.max(0, keys.length - MOST_ASIDE + 1));
  return [...oldest.map((key) => store.delete(key)), store.put(state, ASIDE + new Date().toISOString())];
}

/**
 * End a transaction with these requests. Without the explicit end, a reload right afterwards would undo it.
 * @param {Writable} store
 * @param {Promise<unknown>[]} requests
 */
async function last(store, requests) {
  store.transaction.commit();
  await Promise.all(requests);
}

/**
 * Whatever is stored, as a record; whether its state can be read is Python's to say.
 * @param {unknown} found
 * @returns {Kept | undefined}
 */
function asKept(found) {
  if (found === undefined) return undefined;
  const { state, at } = /** @type {{ state?: unknown, at?: unknown }} */ (Object(found));
  if (typeof state === "string") return typeof at === "number" ? { state, at } : { state };
  return { state: typeof found === "string" ? found : (JSON.stringify(found) ?? String(found)) };
}

/**
 * @param {unknown} found
 * @returns {Waiting}
 */
function asWaiting(found) {
  const { changes, knew, noted } = /** @type {Partial<Waiting>} */ (Object(found));
  const good = Array.isArray(changes) ? changes.filter((change) => typeof change?.name === "string" && typeof change?.value === "string") : [];
  return { changes: good, noted: Number(noted) || 0, ...(typeof knew === "number" && { knew }) };
}

/**
 * What tells one stored decision from the next; nothing stored has a stamp too.
 * @param {Kept | undefined} kept
 */
export function stampOf(kept) {
  return kept === undefined ? 0 : (kept.at ?? 1);
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof DOMException ? error.name : "";
}
