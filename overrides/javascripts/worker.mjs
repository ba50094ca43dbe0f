// Runs Python for every page of the site: one shared worker where the browser has them, else one for each page.

import { Parts } from "./parts.mjs";
import { startPython } from "./python.mjs";

/** @import { Bundle, FromWorker, ToWorker } from "./protocol" */

/** @typedef {{ postMessage(message: FromWorker): void, onmessage: ((event: MessageEvent<ToWorker>) => void) | null }} Port */

/** @type {Promise<(request: string) => string> | null} */
let python = null;

/** @type {Set<Port>} who is waiting for the start, and told how far it is */
const waiting = new Set();

// Held for as long as this worker lives: whoever gets it in turn knows that the worker is gone.
const alive = `orchkit worker ${performance.timeOrigin}`;
const held = new Promise((resolve) => navigator.locks?.request(alive, () => (resolve(undefined), new Promise(() => {}))) ?? resolve(undefined));

/** @param {Port} port */
function serve(port) {
  /** @type {BroadcastChannel | null} */
  let channel = null;
  port.onmessage = async ({ data: message }) => {
    try {
      if (message.do === "start") {
        if (message.answers) channel = new BroadcastChannel(message.answers);
        waiting.add(port);
        python ??= start(message.runtime);
        await Promise.all([python, held]);
        port.postMessage({ id: message.id, ok: true, reply: alive });
      } else if (python) {
        const page = (message.heard && channel) || port;
        page.postMessage({ id: message.id, ok: true, reply: (await python)(message.request) });
        if (page === port) channel?.postMessage({ here: true });
      } else {
        throw new Error("called before it was started");
      }
    } catch (error) {
      port.postMessage({ id: message.id, ok: false, error: error instanceof Error ? error.message : String(error) });
      self.close(); // half-loaded or half-dead: whoever tries again gets a new worker
    } finally {
      waiting.delete(port);
    }
  };
}

if ("onconnect" in self) {
  self.onconnect = (/** @type {MessageEvent} */ { ports: [port] }) => serve(/** @type {MessagePort} */ (port));
} else {
  serve(/** @type {Port} */ (/** @type {unknown} */ (self)));
}

/**
 * @param {string} runtime address of the folder that the bundle's paths begin from
 * @returns {Promise<(request: string) => string>}
 */
async function start(runtime) {
  await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the smallest module: a browser that refuses it, refuses Python
  const index = await fetch(new URL("bundle.json", import.meta.url));
  if (!index.ok) throw new Error(`bundle.json: ${index.status} ${index.statusText}`);
  /** @type {Bundle} */
  const bundle = await index.json();
  const parts = new Parts(bundle, runtime, (progress) => {
    for (const port of waiting) port.postMessage({ progress });
  });
  self.fetch = (input, init) => parts.fetch(input, init); // the interpreter fetches its own parts
  const read = async (/** @type {string} */ path) => (await parts.fetch(runtime + path)).arrayBuffer();
  const modules = bundle.files.filter(({ path }) => path.endsWith(".mjs")); // imported too, from the same cache
  const [pyodide] = await Promise.race([
    Promise.all([startPython(bundle, runtime, read), ...modules.map(({ path }) => read(path))]).catch(async (error) => {
      await parts.verified(); // a damaged part explains more than what it led to
      throw error;
    }),
    parts.failed,
  ]);
  await parts.verified();
  const gc = pyodide.pyimport("gc");
  gc.disable(); // nothing that is imported becomes garbage
  const { handle } = pyodide.pyimport("orchkit.bridge");
  handle('{"do": "hello"}');
  gc.freeze();
  gc.enable();
  return handle;
}
