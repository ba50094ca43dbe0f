// Fetches the parts of the bundle: counts what arrives, and finds out whether it is what was published.

/** @import { Bundle, Progress } from "./protocol" */

const plain = self.fetch.bind(self);

export class Parts {
  /** @type {Promise<void>[]} */
  #checks = [];
  #loaded = 0;
  /** @type {(error: Error) => void} */
  #fail = () => {};
  /** Never fulfilled; rejected as soon as a part is missing or damaged. The interpreter itself would wait for it for ever. */
  failed = /** @type {Promise<never>} */ (new Promise((_, reject) => (this.#fail = reject)));

  /**
   * @param {Bundle} bundle
   * @param {string} folder address of the folder that the bundle's paths begin from
   * @param {(progress: Progress) => void} onProgress
   */
  constructor(bundle, folder, onProgress) {
    this.files = new Map(bundle.files.map((file) => [folder + file.path, file]));
    this.total = bundle.files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.onProgress = onProgress;
    this.failed.catch(() => {});
  }

  /**
   * Like the browser's own. The answer can be used while it arrives: what `integrity` would hold back until all of it is there.
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   */
  async fetch(input, init) {
    const file = this.files.get(input instanceof Request ? input.url : new URL(input, import.meta.url).href);
    if (!file) return plain(input, init);
    const name = file.path.split("/").pop() ?? file.path;
    try {
      const response = await plain(input, self.crypto?.subtle ? init : { ...init, integrity: file.integrity });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      this.#checks.push(this.#check(response.clone(), name, file.integrity));
      return name.endsWith(".wasm") ? asWasm(response) : name.endsWith(".gz") ? unpacked(response) : response;
    } catch (error) {
      this.#fail(new Error(`${name}: ${error instanceof Error ? error.message : error}`));
      return this.failed;
    }
  }

  /** Wait until all that was fetched has been compared with its digest. */
  async verified() {
    await Promise.race([Promise.all(this.#checks), this.failed]);
  }

  /**
   * @param {Response} response
   * @param {string} name
   * @param {string} integrity
   */
  async #check(response, name, integrity) {
    if (!(await this.#isWhole(response, integrity))) this.#fail(new Error(`${name} was damaged on the way`));
  }

  /**
   * @param {Response} response
   * @param {string} integrity
   */
  async #isWhole(response, integrity) {
    const chunks = [];
    try {
      for (const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        chunks.push(value);
        this.#loaded += value.byteLength;
        this.onProgress({ loaded: this.#loaded, total: this.total });
      }
    } catch {
      return false; // cut off
    }
    if (!self.crypto?.subtle) return true; // the browser has compared it
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(chunks).arrayBuffer()));
    return integrity === `sha256-${btoa(String.fromCharCode(...digest))}`;
  }
}

/**
 * A part is compressed as a whole, so that no server has to know how, and Python need not.
 * @param {Response} response
 */
export function unpacked(response) {
  return new Response(response.body?.pipeThrough(new DecompressionStream("gzip")));
}

/**
 * Browsers compile while it arrives only what is called by its type, and not every host knows this one.
 * @param {Response} response
 */
function asWasm(response) {
  if (response.headers.get("content-type") === "application/wasm") return response;
  return new Response(response.body, { headers: { "content-type": "application/wasm" } });
}
