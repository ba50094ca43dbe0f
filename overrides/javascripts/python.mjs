// Starts Python from the bundle: every part is fetched at once, none is unpacked that can be read as it is.

/** @import { Bundle } from "./protocol" */

/**
 * @param {Bundle} bundle
 * @param {string} folder address of the folder that the bundle's paths begin from
 * @param {(path: string) => Promise<ArrayBuffer>} read fetches one file of the bundle
 * @returns {Promise<any>} Pyodide, with everything on its path and nothing of it imported
 */
export async function startPython(bundle, folder, read) {
  const interpreter = folder + bundle.interpreter;
  const packages = Object.values(bundle.lock.packages).map(async ({ file_name }) => ({ path: file_name, content: await read(file_name) }));
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(`${interpreter}pyodide.mjs`),
    import(`${interpreter}pyodide.asm.mjs`),
  ]);
  const pyodide = await loadPyodide({
    indexURL: interpreter,
    stdLibURL: folder + bundle.library,
    lockFileContents: bundle.lock,
    packageBaseUrl: folder,
    createPyodideModule,
    env: { HOME: "/home/pyodide", PYDANTIC_DISABLE_PLUGINS: "__all__" }, // looking for plug-ins would read all metadata
  });
  const importable = (await Promise.all(packages)).map(({ path, content }) => {
    const [digest, name] = path.replace(/\.gz$/, "").split("/");
    if (name?.includes("wasm32")) {
      pyodide.unpackArchive(content, "zip", { extractDir: `/packages/${digest}` }); // a library can be loaded from a file only
      return `/packages/${digest}`;
    }
    pyodide.FS.mkdirTree("/packages");
    pyodide.FS.writeFile(`/packages/${name}`, new Uint8Array(content));
    return `/packages/${name}`;
  });
  pyodide.globals.get("__import__")("sys").path.extend(pyodide.toPy(importable));
  return pyodide;
}
