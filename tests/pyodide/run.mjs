// node run.mjs RUNTIME/ SCRIPT.py < TEXT: loads the runtime without network, prints what the script's `replay(TEXT)` returns.

import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const [folder, script] = process.argv.slice(2);
globalThis.fetch = () => Promise.reject(new Error("the runtime asked the network"));
const { loadPyodide } = await import(pathToFileURL(`${folder}pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: folder, packageBaseUrl: folder, lockFileURL: `${folder}pyodide-lock.json` });
await pyodide.loadPackage(["orchkit"], { messageCallback: () => {} });
const names = pyodide.toPy({ __name__: "replayed" }); // a module, not the main program
pyodide.runPython(readFileSync(script, "utf-8"), { globals: names });
process.stdout.write(names.get("replay")(await text(process.stdin)));
