// Keeps a page untouched: it never has an idle moment, and says that its reader wants to save data.
window.requestIdleCallback = () => 0;
Object.defineProperty(navigator, "connection", { value: { saveData: true }, configurable: true });
