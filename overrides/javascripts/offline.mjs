// Keeps the site for use without network, and says so. A new edition waits until the reader wants it.

const BASE = new URL("../../", import.meta.url);

/** @typedef {(text: string, label: string, action: () => void) => void} Offer */

/**
 * Have the whole site kept. Called once Python is ready: from then on everything large is in the browser's cache already.
 * @param {Offer} offer shows a message with a button
 */
export async function keepSite(offer) {
  try {
    const registration = await navigator.serviceWorker?.register(new URL("sw.js", BASE));
    registration?.update().catch(() => {}); // a browser looks for itself when it likes; without network there is nothing to find
  } catch {
    return; // the site works as before, with network
  }
  watchSite(offer);
}

/**
 * Say that the site is kept, where it is, and when there is a newer edition. Never keeps anything by itself.
 * @param {Offer} offer
 */
export async function watchSite(offer) {
  const registration = await navigator.serviceWorker?.getRegistration(BASE).catch(() => undefined);
  if (!registration) return;
  let asked = false;
  const controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
    else if (controlled) offer("A newer edition of the handbook is in use in another tab.", "Reload", () => location.reload());
  });
  const tell = () => {
    if (registration.active) showKept();
    if (!registration.waiting || !controlled) return;
    offer("A newer edition of the handbook is ready. What you entered stays.", "Use it", () => {
      asked = true;
      registration.waiting?.postMessage({ type: "SKIP_WAITING" });
    });
  };
  tell();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", tell));
  registration.installing?.addEventListener("statechange", tell);
}

async function showKept() {
  const line = document.querySelector(".md-copyright");
  if (!line || line.querySelector(".ok-kept")) return;
  const kept = document.createElement("div");
  kept.className = "ok-kept";
  kept.textContent = "Works offline";
  line.append(kept);
  const size = await fetch(new URL("offline.json", BASE))
    .then((answer) => answer.json())
    .catch(() => null);
  if (size) kept.textContent = `Works offline: ${(size.bytes / 1e6).toFixed(1)} MB kept by this browser`;
}
