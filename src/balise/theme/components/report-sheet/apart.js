/* The report sheet: its notes as text, on paper, or gone. Nothing is sent, stored or put into an address; the fields
   are empty again as soon as the page is left, so that going back shows nothing. The buttons are there with script only. */
const sheet = document.querySelector(".report-sheet");
if (sheet) {
  const tools = sheet.querySelector(".sheet-tools"), said = tools.querySelector("[role]");
  const text = tools.querySelector("textarea"), labels = [...sheet.querySelectorAll(".fields label")];
  const say = (what) => {
    said.textContent = said.dataset[what] || "";
  };
  const forget = () => {
    text.value = "";
    text.closest("div").hidden = true;
    say("");
  };
  const empty = () => {
    for (const { control } of labels) {
      control.checked = false;
      if (control.type !== "checkbox") control.value = "";
    }
    forget();
  };
  const notes = () => {
    const lines = [sheet.dataset.head];
    for (const { control, firstElementChild, lastElementChild } of labels) {
      const box = control.type === "checkbox", words = box ? lastElementChild.textContent : control.value.trim();
      const name = (box ? control.closest("fieldset").firstElementChild : firstElementChild).textContent;
      const line = sheet.dataset.line.split("{value}");
      if (box ? control.checked : words) lines.push(line[0].replace("{name}", () => name) + words + line[1]);
    }
    return lines.join("\n");
  };
  const deeds = {
    /* The old command, for the headers of a built site close the clipboard of `navigator` (Permissions-Policy). */
    copy: (button) => {
      text.value = notes();
      text.closest("div").hidden = false;
      text.focus();
      text.select();
      const done = document.execCommand("copy");
      if (done) {
        forget();
        button.focus();
      }
      say(done ? "copied" : "selected");
    },
    print: () => print(),
    empty: () => {
      empty();
      say("emptied");
    },
  };
  empty(); /* what a browser put back after a reload */
  tools.hidden = false;
  tools.addEventListener("click", ({ target }) => deeds[target.dataset.do]?.(target));
  sheet.addEventListener("input", ({ target }) => {
    forget();
    while (target.rows < 30 && target.scrollHeight > target.clientHeight) target.rows += 1;
  });
  addEventListener("pagehide", empty);
}
