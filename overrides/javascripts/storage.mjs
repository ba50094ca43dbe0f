// What the browser keeps: one decision, and whatever could not be read when it was found.

import { openDB } from "idb";

/** @import { Saved } from "./protocol" */

const STORE = "decisions";
const KEY = "current";

/** @type {ReturnType<typeof openDB> | undefined} */
let database;

function open() {
  database ??= openDB("orchkit", 1, {
    upgrade(made) {
      made.createObjectStore(STORE);
    },
    terminated() {
      database = undefined;
    },
  });
  database.catch(() => (database = undefined));
  return database;
}

/** @returns {Promise<Saved | undefined>} */
export async function read() {
  return (await open()).get(STORE, KEY);
}

/** @param {Saved} saved */
export async function write(saved) {
  await (await open()).put(STORE, saved, KEY);
}

/**
 * Put aside what cannot be read, so that it is never overwritten.
 * @param {Saved} saved
 */
export async function putAside(saved) {
  await (await open()).put(STORE, saved, `damaged ${new Date().toISOString()}`);
}
