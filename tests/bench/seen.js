// Notes when a view becomes live, for pages that set no marks of their own.
{
  const watcher = new MutationObserver(() => {
    if (!document.querySelector(".ok-view.ok-ready")) return;
    window.benchSeen = performance.now();
    watcher.disconnect();
  });
  watcher.observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
}
