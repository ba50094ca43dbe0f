// node run.mjs RUNTIME/ BUNDLE.json SCRIPT.py < TEXT: starts the runtime as a page does, without network, and prints what the script's `replay(TEXT)` returns.

import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { startPython } from "../../overrides/javascripts/python.mjs";

const [folder, index, script] = process.argv.slice(2);
globalThis.fetch = () => Promise.reject(new Error("the runtime asked the network"));
const read = async (path) => Uint8Array.from(readFileSync(folder + path)).buffer;
const pyodide = await startPython(JSON.parse(readFileSync(index, "utf-8")), folder, read);
const names = pyodide.toPy({ __name__: "replayed" }); // a module, not the main program
pyodide.runPython(readFileSync(script, "utf-8"), { globals: names });
process.stdout.write(names.get("replay")(await text(process.stdin)));
