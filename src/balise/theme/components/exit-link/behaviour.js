/* Leaving at once: the page is blank before the next one loads, and this page's place in the history is given away.
   The link works without this script. Shift three times in five seconds does the same; no other key means anything.
   In discreet mode every step inside the site gives its place away too. Nothing is stored and nothing is sent. */
const exit = document.querySelector(".exit-link");
if (exit) {
  const root = document.documentElement, link = exit.querySelector("a"), said = exit.querySelector("[role]");
  let presses = 0, since = 0, mixed = false;
  const leave = () => {
    root.classList.add("left");
    document.title = link.hostname;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") mixed = true;
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || mixed) {
      presses = 0;
      mixed = event.shiftKey;
    } else {
      if (!presses || event.timeStamp - since > 5000) {
        presses = 0;
        since = event.timeStamp;
      }
      presses += 1;
    }
    const left = 3 - presses;
    said.textContent = presses ? said.dataset[left] || "" : "";
    if (!left) leave();
  });
  addEventListener("pageshow", () => {
    if (root.classList.contains("left")) leave();
  });
  if ("discreet" in root.dataset) {
    document.addEventListener("click", (event) => {
      const to = event.target.closest("a[href]");
      const plain = !(event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
      if (to && to !== link && plain && !event.defaultPrevented && to.origin === location.origin) {
        event.preventDefault();
        location.replace(to.href);
      }
    });
  }
}
