// The page's side of the worker: one start, calls in order, a time limit on both, and a clean end when it fails.

import { unpacked } from "./parts.mjs";

/** @import { Bundle, FromWorker, Progress, Reply, ToWorker } from "./protocol" */

const SILENCE_AT_START = 60_000; // ms without a file, a stage or an answer
const LONGEST_CALL = 20_000; // ms

const SCRIPT = new URL("worker.mjs", import.meta.url);
const FOLDER = new URL("../../runtime/", import.meta.url).href;

/** How many workers have failed this page. A shared one that hangs is never asked again: the next one has another name. */
let failures = 0;

export class Runtime {
  /** @type {MessagePort | Worker | null} */
  #port = null;
  /** @type {BroadcastChannel | null} */
  #answers = null;
  /** The worker has been heard through the channel. */
  #heard = false;
  /** @type {Promise<void> | null} */
  #started = null;
  /** @type {Map<number, { resolve: (reply: string) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(progress: Progress) => void} onProgress */
  constructor(onProgress) {
    this.onProgress = onProgress;
  }

  /** Load Python once; after a failure the next call tries again. */
  start() {
    this.#port ??= this.#connect();
    this.#started ??= this.#send({ do: "start", runtime: FOLDER, answers: this.#answers?.name }, SILENCE_AT_START).then(
      (alive) => void this.#notice(alive), // nobody waits for that
      (error) => {
        this.#started = null;
        throw error;
      },
    );
    return this.#started;
  }

  /**
   * Ask Python. What it needs is fetched, and it is asked again; a release that cannot be had is named in the next request.
   * @param {object} request what `orchkit.bridge` is asked
   * @returns {Promise<Reply>}
   */
  async call(request) {
    await this.start();
    /** @type {Record<string, string>} */
    const without = {};
    for (;;) {
      const reply = await this.#ask({ ...request, without });
      const needed = reply.ok ? undefined : reply.needs;
      if (needed === undefined || needed in without) return reply;
      if (needed === "particulars") {
        const brought = await this.#ask({ do: "particulars", text: await particulars() });
        if (!brought.ok) throw new Error(brought.problems.join(" "));
        continue;
      }
      const brought = await this.#ask({ do: "release", release: needed, text: await published(needed) });
      if (!brought.ok) without[needed] = brought.problems.join(" ");
    }
  }

  /**
   * @param {object} request
   * @returns {Promise<Reply>}
   */
  async #ask(request) {
    await this.start(); // a worker that died meanwhile is replaced
    return JSON.parse(await this.#send({ do: "call", request: JSON.stringify(request), heard: this.#heard }, LONGEST_CALL));
  }

  /**
   * @param {{ do: "start", runtime: string, answers?: string } | { do: "call", request: string, heard: boolean }} message
   * @param {number} limit
   * @returns {Promise<string>}
   */
  #send(message, limit) {
    const port = (this.#port ??= this.#connect());
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#watch(limit);
      port.postMessage(/** @type {ToWorker} */ ({ id, ...message }));
    });
  }

  /** A worker that all pages share outlives each of them, so that the next page need not start Python again. */
  #connect() {
    const options = /** @type {const} */ ({ type: "module", name: `orchkit ${failures}`, extendedLifetime: true });
    const worker = shared(options) ?? new Worker(SCRIPT, options);
    const port = worker instanceof Worker ? worker : worker.port;
    port.onmessage = ({ data }) => this.#onMessage(data);
    this.#answers = channel(({ data }) => ("here" in data ? (this.#heard = true) : this.#onMessage(data)));
    port.onmessageerror = () => this.#end("an answer could not be read");
    worker.onerror = (/** @type {Event | ErrorEvent} */ event) => {
      event.preventDefault();
      this.#end((event instanceof ErrorEvent && event.message) || "the worker could not be loaded");
    };
    return port;
  }

  /** @param {FromWorker} message */
  #onMessage(message) {
    if ("progress" in message) {
      this.#watch(SILENCE_AT_START);
      this.onProgress(message.progress);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) clearTimeout(this.#timer);
    if (message.ok) waiting?.resolve(message.reply);
    else {
      waiting?.reject(new Error(message.error));
      this.#end(message.error);
    }
  }

  /**
   * Learn of the worker's death at once: it holds a lock for as long as it lives.
   * @param {string} alive name of the lock
   */
  async #notice(alive) {
    const port = this.#port;
    // It has just answered. Where its lock is free all the same, the site's data was deleted, and the lock with it: the time limits remain.
    if (await navigator.locks?.request(alive, { ifAvailable: true }, (lock) => lock !== null)) return;
    navigator.locks?.request(alive, () => {
      if (port === this.#port) this.#end("the worker was stopped");
    });
  }

  /** @param {number} limit */
  #watch(limit) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(`no answer for ${limit / 1000} seconds`), limit);
  }

  /** @param {string} reason */
  #end(reason) {
    clearTimeout(this.#timer);
    if (this.#port instanceof Worker) this.#port.terminate();
    else this.#port?.close();
    this.#answers?.close();
    this.#heard = false;
    failures += 1;
    this.#port = null;
    this.#started = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error(reason));
  }
}

/**
 * @returns {Promise<string>} what only some pages show of the dataset; without it these cannot be live
 */
async function particulars() {
  const signal = AbortSignal.timeout(LONGEST_CALL);
  const index = await fetch(new URL("bundle.json", import.meta.url), { signal });
  if (!index.ok) throw new Error(`bundle.json: ${index.status} ${index.statusText}`);
  const { particulars: file } = /** @type {Bundle} */ (await index.json());
  if (!file) throw new Error("this edition names no particulars");
  try {
    const answer = await fetch(FOLDER + file.path, { signal, integrity: file.integrity });
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return await unpacked(answer).text();
  } catch (error) {
    throw new Error(`${file.path.split("/").pop()}: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * @param {string} release
 * @returns {Promise<string | null>} the release as this site publishes it; whether it is what was frozen, Python finds out
 */
async function published(release) {
  try {
    const answer = await fetch(new URL(`../../releases/${release}.json`, import.meta.url), { signal: AbortSignal.timeout(LONGEST_CALL) });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // no network
  }
}

/**
 * After a key was pressed, Chromium holds back what arrives at a port until it has drawn the next frame. What comes through a channel it hands over
 * at once, in two thirds of the time. But nobody says when a channel is open, and what is sent before is lost: until the worker has been heard
 * through it, answers come through the port, as they do where the browser refuses a channel.
 * @param {(event: MessageEvent<FromWorker | { here: true }>) => void} onMessage
 */
function channel(onMessage) {
  try {
    const made = new BroadcastChannel(`orchkit answers ${performance.timeOrigin} ${Math.random()}`);
    made.onmessage = onMessage;
    return made;
  } catch {
    return null;
  }
}

/**
 * A browser may have no shared workers, or refuse them to this page.
 * @param {WorkerOptions} options
 */
function shared(options) {
  try {
    return new SharedWorker(SCRIPT, options);
  } catch {
    return null;
  }
}
