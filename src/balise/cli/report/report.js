"use strict";
const form = document.getElementById("filters");
if (form) {
  const items = [...document.querySelectorAll("li[data-rule]")];
  const files = [...document.querySelectorAll("section.file")];
  const show = () => {
    const { language, severity, group, rule, words } = Object.fromEntries(new FormData(form));
    const wanted = words.trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      const file = item.closest("section").dataset.path;
      const fits =
        (!language || item.dataset.language === language) &&
        (!severity || item.dataset.severity === severity) &&
        (!group || item.dataset.group === group) &&
        (!rule || item.dataset.rule === rule) &&
        (!wanted || file.toLowerCase().includes(wanted) || item.textContent.toLowerCase().includes(wanted));
      item.hidden = !fits;
      shown += fits;
    }
    for (const file of files) file.hidden = !file.querySelector("li[data-rule]:not([hidden])");
    document.getElementById("shown").textContent = `${shown} of ${items.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}
