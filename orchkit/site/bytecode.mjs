// node bytecode.mjs PYODIDE SCRIPT.py FOLDER ARCHIVE: starts Pyodide and has it compile FOLDER/ARCHIVE to FOLDER/compiled.zip.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, script, work, archive] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
// Without debug ranges a traceback names lines, not columns, and the files are a fifth smaller.
const pyodide = await loadPyodide({ indexURL: `${folder}/`, env: { PYTHONNODEBUGRANGES: "1" } });
pyodide.mountNodeFS("/work", work);
pyodide.runPython(readFileSync(script, "utf-8"));
pyodide.globals.get("compile_archive")(`/work/${archive}`, "/work/compiled.zip");
