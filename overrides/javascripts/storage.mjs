// What the browser keeps: one decision for all pages, each page's unanswered changes, and what had to make room.

import { openDB } from "idb";

/** @import { Change } from "./protocol" */

const NAME = "orchkit";
const STORE = "decisions";
const CURRENT = "current";

/** @type {ReturnType<typeof openDB> | undefined} */
let database;

function open() {
  database ??= openDB(NAME, 1, {
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

const news = new BroadcastChannel(NAME);

/**
 * Run while no other tab does: reading, computing and writing are one step.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function exclusively(work) {
  return navigator.locks ? navigator.locks.request(NAME, work) : work();
}

/** @param {() => void} listener called when another tab has written a decision */
export function onNews(listener) {
  news.addEventListener("message", listener);
}

/** @returns {Promise<string | undefined>} */
export async function readState() {
  return (await open()).get(STORE, CURRENT);
}

/** @param {string} state */
export async function writeState(state) {
  await (await open()).put(STORE, state, CURRENT);
  news.postMessage("written");
}

/**
 * @param {string} page
 * @returns {Promise<Change[]>}
 */
export async function readPending(page) {
  return (await (await open()).get(STORE, `pending ${page}`)) ?? [];
}

/**
 * @param {string} page
 * @param {Change[]} changes that Python has not answered
 */
export async function writePending(page, changes) {
  await (await open()).put(STORE, changes, `pending ${page}`);
}

/**
 * Keep a state that another one takes the place of, or that cannot be read.
 * @param {string} state
 */
export async function putAside(state) {
  await (await open()).put(STORE, state, `aside ${new Date().toISOString()}`);
}
