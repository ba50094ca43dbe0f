// The page's side of the worker: one start, calls in order, a time limit on both, and a clean end when it fails.

/** @import { FromWorker, Progress, Reply, ToWorker } from "./protocol" */

const SILENCE_AT_START = 60_000; // ms without a byte, a stage or an answer
const LONGEST_CALL = 20_000; // ms

const RUNTIME = new URL("../runtime/", import.meta.url).href;

export class Runtime {
  /** @type {Worker | null} */
  #worker = null;
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
    this.#started ??= this.#send({ do: "start", runtime: RUNTIME }, SILENCE_AT_START).then(
      () => undefined,
      (error) => {
        this.#started = null;
        throw error;
      },
    );
    return this.#started;
  }

  /**
   * @param {object} request what `orchkit.bridge` is asked
   * @returns {Promise<Reply>}
   */
  async call(request) {
    await this.start();
    return JSON.parse(await this.#send({ do: "call", request: JSON.stringify(request) }, LONGEST_CALL));
  }

  /**
   * @param {{ do: "start", runtime: string } | { do: "call", request: string }} message
   * @param {number} limit
   * @returns {Promise<string>}
   */
  #send(message, limit) {
    this.#worker ??= this.#create();
    const worker = this.#worker;
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#watch(limit);
      worker.postMessage(/** @type {ToWorker} */ ({ id, ...message }));
    });
  }

  #create() {
    const worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module", name: "orchkit" });
    worker.addEventListener("message", (/** @type {MessageEvent<FromWorker>} */ { data }) => {
      if ("progress" in data) {
        this.#watch(SILENCE_AT_START);
        this.onProgress(data.progress);
        return;
      }
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (this.#waiting.size === 0) clearTimeout(this.#timer);
      if (data.ok) waiting?.resolve(data.reply);
      else {
        waiting?.reject(new Error(data.error));
        this.#end(data.error); // a worker that threw may be half-loaded or half-dead: begin again with a new one
      }
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#end(event.message || "the worker could not be loaded");
    });
    worker.addEventListener("messageerror", () => this.#end("an answer could not be read"));
    return worker;
  }

  /** @param {number} limit */
  #watch(limit) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(`no answer for ${limit / 1000} seconds`), limit);
  }

  /** @param {string} reason */
  #end(reason) {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#started = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error(reason));
  }
}
