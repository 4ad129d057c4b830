/* Asks the browser to keep the pages that `worker.js` names. Where workers are not allowed, the site is as it was. */
if ("serviceWorker" in navigator) {
  const address = new URL("../worker.js", document.currentScript.src).href;
  const policy = window.trustedTypes && trustedTypes.createPolicy("balise-offline", { createScriptURL: () => address });
  const trusted = policy ? policy.createScriptURL(address) : address;
  navigator.serviceWorker.register(trusted, { updateViaCache: "none" }).catch(() => {});
}
