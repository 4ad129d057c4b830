// What can be told of a page's looks without eyes; each function is named where looks.py calls it.
({
  // Everything the Tab key should reach, in the order of the document, kept on the page for `stop`.
  stops() {
    const found = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
    window.tabStops = found;
    return found.map((one) => this.place(one));
  },
  // Where the focus is: its number among the stops, whether it shows, and what its ring is like.
  stop() {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]];
    const boxes = [...one.getClientRects()].filter((item) => item.width && item.height);
    const shown = boxes.some((item) => points.some(([x, y]) => {
      const hit = document.elementFromPoint(item.x + item.width * x, item.y + item.height * y);
      return hit && (one.contains(hit) || hit.contains(one));
    }));
    const ring = style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0;
    return {
      number: window.tabStops.indexOf(one), place: this.place(one), shown, ring, size: [box.width, box.height],
      contrast: this.contrast(style.outlineColor, one.parentElement),
    };
  },
  place(one) {
    const text = (one.getAttribute("aria-label") || one.textContent || "").trim().replace(/\s+/g, " ").slice(0, 30);
    const name = one.id ? `#${one.id}` : one.classList.length ? `.${one.classList[0]}` : "";
    const parent = one.closest("[class]:not(body)");
    return `${parent && parent !== one ? `.${parent.classList[0]} ` : ""}${one.localName}${name} "${text}"`;
  },
  // WCAG's contrast ratio of a colour against what is behind an element.
  contrast(colour, element) {
    const parts = (text) => { const found = text.match(/[\d.]+/g).map(Number); return found.length > 3 ? found : [...found, 1]; };
    const light = (rgb) => rgb.slice(0, 3).map((value) => value / 255)
      .map((value) => (value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [.2126, .7152, .0722][index], 0);
    let behind = [255, 255, 255, 1];
    for (let one = element; one; one = one.parentElement) {
      const found = parts(getComputedStyle(one).backgroundColor);
      if (found[3] > .99) { behind = found; break; }
    }
    const [dark, bright] = [light(parts(colour)), light(behind)].sort((one, other) => one - other);
    return (bright + .05) / (dark + .05);
  },
  // What sticks out at a side of the window, and whether the page scrolls sideways.
  overflow() {
    const width = document.documentElement.clientWidth, root = document.scrollingElement;
    const wide = root.scrollWidth > width;
    const scrolls = (one) => one && one !== document.body && (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter((one) => {
      if (!one.checkVisibility() || one.closest(".visually-hidden, .skip, svg")) return false;
      const box = one.getBoundingClientRect();
      return box.width && box.height && (box.right > width + 1 || box.left < -1) && !scrolls(one);
    });
    return [wide, out.slice(0, 3).map((one) => this.place(one))];
  },
  // Text that its own box cuts off.
  cut() {
    return [...document.body.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      if (!one.checkVisibility() || one.closest(".visually-hidden, .skip, svg") || one.matches("textarea, input")) return false;
      return (/hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
        || (/hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1 && one.clientHeight);
    }).slice(0, 3).map((one) => this.place(one));
  },
  // WCAG 2.2, 2.5.8: targets under 24 by 24 pixels that are neither in a line of text nor far enough from all others.
  small() {
    const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((one) => one.checkVisibility() && !one.closest(".skip, .visually-hidden") && !one.matches(".skip"));
    const boxes = targets.map((one) => one.closest("label")?.getBoundingClientRect() || one.getBoundingClientRect());
    const isSmall = (box) => box.width < 24 || box.height < 24;
    const block = (one) => (getComputedStyle(one).display.startsWith("inline") ? block(one.parentElement) : one);
    const words = (one) => [...one.querySelectorAll("a, button")].reduce((text, link) => text.replace(link.textContent, ""), one.textContent);
    const inText = (one) => getComputedStyle(one).display === "inline" && words(block(one)).trim().length > 1;
    const near = (box, other) => {
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      if (isSmall(other)) return Math.hypot(x - other.x - other.width / 2, y - other.y - other.height / 2) < 24;
      return Math.hypot(Math.max(other.x - x, 0, x - other.right), Math.max(other.y - y, 0, y - other.bottom)) < 12;
    };
    const found = targets.filter((one, index) => isSmall(boxes[index]) && !inText(one)
      && boxes.some((box, other) => other !== index && near(boxes[index], box) && !targets[other].contains(one) && !one.contains(targets[other])));
    return [targets.length, found.map((one) => `${this.place(one)}`)];
  },
  // What moves although the reader asked for no motion.
  moving() {
    const found = [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return /[1-9]/.test(style.transitionDuration) || (/[1-9]/.test(style.animationDuration) && style.animationName !== "none")
        || style.scrollBehavior === "smooth";
    });
    return found.slice(0, 3).map((one) => this.place(one)).concat(document.getAnimations().map(() => "a running animation"));
  },
  // The spacing of WCAG 1.4.12, and a page that reads from right to left.
  space() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }");
    document.adoptedStyleSheets = [sheet];
  },
  turn() { document.documentElement.dir = "rtl"; },
})
