// node bytecode.mjs PYODIDE SCRIPT.py FOLDER ARCHIVE: starts Pyodide and has it compile FOLDER/ARCHIVE to FOLDER/compiled.zip.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, script, work, archive] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: `${folder}/` });
pyodide.mountNodeFS("/work", work);
pyodide.runPython(readFileSync(script, "utf-8"));
pyodide.globals.get("compile_archive")(`/work/${archive}`, "/work/compiled.zip");
