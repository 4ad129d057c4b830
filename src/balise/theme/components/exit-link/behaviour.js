/* Leaving at once: the page is blank before the next one loads, and this page's place in the history is given away.
   The link works without this script. Shift three times does the same, with at most five seconds from one to the next;
   Shift held while a key or a button is pressed is no such time. In discreet mode every step inside the site gives its
   place away too, and a link within the page leaves the address as it is. Nothing is stored and nothing is sent. */
const exit = document.querySelector(".exit-link");
if (exit) {
  const root = document.documentElement, link = exit.querySelector("a"), said = exit.querySelector("[role]");
  let presses = 0, alone = false, timer = 0;
  const leave = () => {
    root.dataset.left = "";
    document.title = link.hostname;
    location.replace(link.href);
  };
  const count = (number) => {
    clearTimeout(timer);
    presses = number;
    said.textContent = said.dataset[3 - number] || "";
    if (number) timer = setTimeout(count, 5000, 0);
    if (number > 2) leave();
  };
  const other = () => {
    alone = false;
    if (presses) count(0);
  };
  for (const kind of ["click", "auxclick"]) {
    link.addEventListener(kind, (event) => {
      if (event.button > 1) return;
      event.preventDefault();
      leave();
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") other();
    else if (!event.repeat) alone = true;
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    count(presses + 1);
  });
  addEventListener("pointerdown", other);
  addEventListener("pageshow", () => {
    if ("left" in root.dataset) leave();
  });
  if ("discreet" in root.dataset) {
    document.addEventListener("click", (event) => {
      const to = event.target.closest("a[href]");
      const plain = !(event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
      if (!to || to === link || !plain || event.defaultPrevented || to.origin !== location.origin) return;
      event.preventDefault();
      const goal = to.pathname === location.pathname && document.getElementById(to.hash.slice(1));
      if (!goal) {
        location.replace(to.href);
        return;
      }
      if (goal.tabIndex < 0) goal.tabIndex = -1;
      goal.focus({ preventScroll: true });
      goal.scrollIntoView();
    });
  }
}
