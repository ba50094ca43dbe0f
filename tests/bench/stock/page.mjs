// Starts stock Pyodide in a worker as soon as the page is there, and leaves how long that took in `window.stock`.

const wheels = await (await fetch("wheels.json")).json();
const begun = performance.now();
const worker = new Worker("worker.mjs", { type: "module" });
worker.addEventListener("error", (event) => (window.stock = { error: event.message || "the worker could not be loaded" }));
worker.addEventListener("message", ({ data }) => (window.stock = { ...data, milliseconds: performance.now() - begun }));
worker.postMessage(wheels.map((name) => new URL(name, location.href).href));
