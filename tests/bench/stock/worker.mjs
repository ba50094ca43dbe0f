// Stock Pyodide as its documentation shows it: loaded from where it lies, packages by the addresses of their wheels.

import { loadPyodide } from "./pyodide/pyodide.mjs";

self.addEventListener("message", async ({ data: wheels }) => {
  try {
    const pyodide = await loadPyodide();
    await pyodide.loadPackage(wheels, { messageCallback: () => {} });
    const reply = pyodide.pyimport("orchkit.bridge").handle('{"do": "hello"}');
    self.postMessage({ reply });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
});
