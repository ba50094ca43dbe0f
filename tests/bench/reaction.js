// Measures, from a reader's `input` event, when the view's DOM has changed and when that was painted. Evaluates to nothing; leaves `window.bench`.
(() => {
  const body = document.querySelector(".ok-body");
  const ticks = []; // when each frame's callbacks ran
  const events = [];
  /** @type {{ at: number, dom?: number, frame?: number } | null} */
  let waiting = null;

  const tick = () => {
    ticks.push(performance.now());
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);

  document.addEventListener("input", (event) => (waiting = { at: event.timeStamp }), { capture: true });
  new MutationObserver(() => {
    if (!waiting) return;
    const event = waiting;
    waiting = null;
    event.dom = performance.now();
    const first = ticks.findLastIndex((time) => time <= event.at);
    event.frames = ticks.length - first; // the change is painted with the frame that comes next
    requestAnimationFrame(() =>
      requestAnimationFrame(() => events.push({ dom: event.dom - event.at, paint: performance.now() - event.at, frames: event.frames })),
    );
  }).observe(body, { subtree: true, childList: true, attributes: true, characterData: true });

  window.bench = {
    /** Resolves with the newest event when there are `count` of them; with null when the page stays silent. */
    answered: async (count) => {
      const end = performance.now() + 10_000;
      while (events.length < count) {
        if (performance.now() > end) return null;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return events.at(-1);
    },
    frame: () => {
      const lengths = ticks.slice(1).map((time, index) => time - ticks[index]);
      return lengths.sort((one, other) => one - other)[Math.floor(lengths.length / 2)];
    },
  };
})();
