// What a reader may set off on a page: focus, the pointer, a click on everything that runs something. Links that lead
// away are left alone. Returns what of the page is outside the list of what contributors may write.
() => {
  const addresses = ["href", "src", "action", "formaction", "data", "xlink:href"];
  const hostile = (value) => /^[\u0000-\u0020]*(javascript|vbscript|data):/i.test(value.replace(/[\t\n\r]/g, ""));
  const main = document.querySelector("main") || document.body;
  const odd = [];
  for (const one of main.querySelectorAll("*")) {
    const name = one.localName;
    if (/^(script|iframe|object|embed|base|meta|link|form|style|math|foreignobject|animate|set|use)$/i.test(name)
      && !one.closest(".search-box")) odd.push(name);
    for (const { name: attribute, value } of [...one.attributes]) {
      if (/^on|^srcdoc$|^style$/i.test(attribute)) odd.push(`${name}[${attribute}]`);
      if (addresses.includes(attribute) && hostile(value)) odd.push(`${name}[${attribute}=${value.slice(0, 20)}]`);
    }
  }
  for (const one of main.querySelectorAll("*")) {
    const events = [...one.attributes].map((item) => item.name).filter((item) => /^on(click|mouse|pointer|focus)/i.test(item));
    for (const event of events) one.dispatchEvent(new Event(event.slice(2).toLowerCase(), { bubbles: true }));
    const values = addresses.map((item) => one.getAttribute(item)).concat(one.closest("a,area")?.href?.baseVal || one.href || "");
    const presses = one.matches("button, input[type=submit]") && one.closest("form");
    if (presses || (one.matches("a, area") && values.some((value) => typeof value === "string" && hostile(value)))) {
      one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
  }
  return odd;
}
