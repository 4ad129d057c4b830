// Reloads the page when the preview has a newer version of the site; only pages of `balise serve` carry this.
"use strict";
{
  const script = document.currentScript;
  const address = new URL("events", script.src);
  let events = null;
  const listen = () => {
    events = new EventSource(address);
    events.addEventListener("message", (event) => {
      if (event.data !== script.dataset.revision) location.reload();
    });
  };
  const stop = () => {
    if (events) events.close();
    events = null;
  };
  // A browser keeps six connections to a server: a tab in the background gives its own back.
  document.addEventListener("visibilitychange", () => {
    stop();
    if (document.visibilityState === "visible") listen();
  });
  window.addEventListener("pagehide", stop);
  if (document.visibilityState === "visible") listen();
}
