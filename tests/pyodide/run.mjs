// node run.mjs RUNTIME/ BUNDLE.json SCRIPT.py < TEXT: starts the runtime as a page does, without network, and prints what the script's `replay(TEXT)` returns.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { startPython } from "../../overrides/javascripts/python.mjs";

const [folder, index, script] = process.argv.slice(2);
globalThis.fetch = () => Promise.reject(new Error("the runtime asked the network"));
const unpacked = (path) => (path.endsWith(".gz") ? gunzipSync : (content) => content)(readFileSync(folder + path)); // the browser's own work
const read = async (path) => Uint8Array.from(unpacked(path)).buffer;
const bundle = JSON.parse(readFileSync(index, "utf-8"));
const library = join(mkdtempSync(join(tmpdir(), "library-")), "python_stdlib.zip"); // the interpreter reads this one by itself
writeFileSync(library, unpacked(bundle.library));
const pyodide = await startPython({ ...bundle, library: relative(folder, library) }, folder, read);
const names = pyodide.toPy({ __name__: "replayed" }); // a module, not the main program
pyodide.runPython(readFileSync(script, "utf-8"), { globals: names });
process.stdout.write(names.get("replay")(await text(process.stdin)));
