/* The language switch stays at the heading the reader has reached: anchors are the same in every language.
   Without this script it stays on the page. Nothing is stored, and no address changes before a language is chosen; in
   discreet mode it never holds the name of a heading. */
for (const link of document.querySelectorAll(".language-switch a")) {
  link.addEventListener("click", () => {
    let reached = "";
    for (const heading of document.querySelectorAll("main :is(h2, h3)[id]")) {
      if (heading.getBoundingClientRect().top > innerHeight / 3) break;
      reached = heading.id;
    }
    link.hash = scrollY > 0 && !("discreet" in document.documentElement.dataset) ? reached : "";
  });
}
