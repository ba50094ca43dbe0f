// The themes fetch the whole search index with every page. Here it waits until somebody reaches for the search.
// A classic script, because it must run before the theme's.
{
  const INDEX = /\/(search\/search_index|search)\.json$/;
  const KEYS = new Set(["/", "f", "s", "k"]);
  const PART = ".md-search, [for='__search'], [data-md-toggle='search']";

  const asked = new URLSearchParams(location.search);
  /** @type {Promise<void>} */
  const wanted = new Promise((want) => {
    /** @param {Event} event */
    const look = (event) => {
      const shortcut = event instanceof KeyboardEvent && KEYS.has(event.key);
      if (shortcut || (event.target instanceof Element && event.target.closest(PART))) want();
    };
    if (asked.has("q") || asked.has("h")) want(); // a link into the search, or from it: the words are marked with the index's help
    for (const kind of ["keydown", "pointerover", "focusin", "change"]) addEventListener(kind, look, { capture: true, passive: true });
  });

  const { open, send } = XMLHttpRequest.prototype;
  /** @type {WeakSet<XMLHttpRequest>} */
  const waiting = new WeakSet();
  /** @this {XMLHttpRequest} @param {string} method @param {string | URL} url @param {[any?]} more */
  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    if (INDEX.test(new URL(url, document.baseURI).pathname)) waiting.add(this);
    Reflect.apply(open, this, [method, url, ...more]);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (waiting.has(this)) wanted.then(() => send.call(this, body));
    else send.call(this, body);
  };
}
