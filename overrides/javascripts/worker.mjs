// Runs Python: loads the bundle that the site serves, hands each request to `orchkit.bridge`, always answers.

/** @import { Bundle, FromWorker, ToWorker } from "./protocol" */

/** @type {((request: string) => string) | null} */
let handle = null;

self.addEventListener("message", async (/** @type {MessageEvent<ToWorker>} */ { data: message }) => {
  try {
    if (message.do === "start") {
      handle ??= await start(message.runtime);
      answer({ id: message.id, ok: true, reply: handle('{"do": "hello"}') });
    } else if (handle) {
      answer({ id: message.id, ok: true, reply: handle(message.request) });
    } else {
      throw new Error("called before it was started");
    }
  } catch (error) {
    answer({ id: message.id, ok: false, error: error instanceof Error ? error.message : String(error) });
  }
});

/** @param {FromWorker} message */
function answer(message) {
  self.postMessage(message);
}

/**
 * @param {string} runtime address of the folder that holds `index.json`
 * @returns {Promise<(request: string) => string>}
 */
async function start(runtime) {
  const index = await fetch(new URL("index.json", runtime), { cache: "no-cache" });
  if (!index.ok) throw new Error(`runtime/index.json: ${index.status} ${index.statusText}`);
  /** @type {Bundle} */
  const bundle = await index.json();
  const folder = new URL(`${bundle.folder}/`, runtime).href;
  const beat = countAndVerify(bundle, folder);
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL: folder, lockFileURL: `${folder}pyodide-lock.json`, packageBaseUrl: folder });
  beat();
  const loaded = await pyodide.loadPackage(["orchkit"], { messageCallback: () => {}, errorCallback: () => {} });
  const names = new Set(loaded.map((/** @type {{ name: string }} */ { name }) => name));
  const missing = Object.keys(bundle.packages).filter((name) => !names.has(name)); // a damaged wheel is left out without an exception
  if (missing.length > 0) throw new Error(`damaged on the way: ${missing.join(", ")}`);
  beat();
  return pyodide.pyimport("orchkit.bridge").handle;
}

/**
 * Every fetch of a bundle file reports its bytes and is checked against the digest that the index gives.
 * @param {Bundle} bundle
 * @param {string} folder
 * @returns {() => void} says again how much is loaded: a sign of life between the stages, which load nothing
 */
function countAndVerify(bundle, folder) {
  const plain = self.fetch.bind(self);
  const integrity = new Map(bundle.files.map((file) => [folder + file.name, file.integrity]));
  const total = bundle.files.filter(({ name }) => !name.endsWith(".mjs")).reduce((sum, { bytes }) => sum + bytes, 0); // modules are imported, not fetched
  let loaded = 0;
  const beat = () => answer({ progress: { loaded, total } });
  self.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href).href;
    const response = await plain(input, { ...init, integrity: integrity.get(url) ?? "" });
    if (!integrity.has(url) || !response.ok || !response.body) return response;
    const counted = response.body.pipeThrough(
      new TransformStream({
        transform(chunk, controller) {
          loaded += chunk.byteLength;
          beat();
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(counted, { headers: response.headers, status: response.status, statusText: response.statusText });
  };
  return beat;
}
