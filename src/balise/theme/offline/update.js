/* Asks a worker that kept pages for its newest version at once, which removes them and itself: see `remove.js`. Browsers
   ask by themselves too, only later. */
if ("serviceWorker" in navigator) {
  const scope = new URL("../", document.currentScript.src).href;
  navigator.serviceWorker.getRegistration(scope).then((kept) => kept && kept.update()).catch(() => {});
}
