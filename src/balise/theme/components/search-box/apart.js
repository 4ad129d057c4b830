/* The search field is there only where it works. Its script comes when the field is first used: it stands in the page
   with its digest, and a clone of it is put into the document, so that no address is made by a script. */
const source = document.querySelector("template.search-source");
if (source) {
  const parts = source.content.cloneNode(true), script = parts.querySelector("script");
  script.remove();
  const field = parts.querySelector("input"), said = parts.querySelector("[role=status]");
  script.addEventListener("error", () => {
    said.textContent = said.dataset.failed;
  });
  field.addEventListener("focus", () => document.head.append(script), { once: true });
  source.replaceWith(parts);
}
