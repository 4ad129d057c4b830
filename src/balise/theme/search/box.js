/* The search field: results as links with the passage that fits best. What is typed stays in the field: it is in no
   address, no title, no history and no request. Text is only ever put in as text. */
const MOST = 10, AROUND = 70;
const box = document.querySelector(".search-box");
const field = box.querySelector("input"), said = box.querySelector("[role=status]"), list = box.querySelector("ol");
let find = null, waiting = 0;

/* Where the words stand that were found, in a passage, and how many different ones there are. */
const hitsIn = (passage, terms) => {
  const hits = [], different = new Set();
  for (const word of passage.text.matchAll(WORD)) {
    const term = termsOf(lower(word[0])).find((one) => terms.has(one));
    if (term) {
      hits.push([word.index, word.index + word[0].length]);
      different.add(term);
    }
  }
  return { passage, hits, different: different.size };
};

/* The passage with most of the words; the description where none has more. */
const bestPassage = (page) => {
  let best = hitsIn(page.described, page.terms);
  for (const passage of page.passages) {
    const other = passage.heading ? best : hitsIn(passage, page.terms);
    if (other.different > best.different) best = other;
  }
  return best;
};

const markLanguage = (element, language) => {
  if (language) element.lang = language;
  return element;
};

/* A stretch of a passage around the first word that was found, with every such word marked. */
const excerpt = ({ passage: { text, language }, hits }) => {
  const element = markLanguage(document.createElement("p"), language);
  const first = hits.length ? hits[0][0] : 0;
  const from = first > 2 * AROUND ? text.lastIndexOf(" ", first - AROUND) + 1 : 0;
  const end = text.indexOf(" ", Math.max(first, from) + 2 * AROUND), to = end < 0 ? text.length : end;
  let at = from;
  element.append(from ? "… " : "");
  for (const [start, stop] of hits.filter(([, stop]) => stop <= to)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, stop);
    element.append(text.slice(at, start), mark);
    at = stop;
  }
  element.append(text.slice(at, to), to < text.length ? " …" : "");
  return element;
};

const show = () => {
  const query = field.value.trim(), found = find && query ? find(query) : [];
  list.replaceChildren(...found.slice(0, MOST).map((page) => {
    const row = document.createElement("li"), link = markLanguage(document.createElement("a"), page.shown.language);
    link.href = box.dataset.base + page.address;
    link.textContent = page.shown.text;
    row.append(link, excerpt(bestPassage(page)));
    return row;
  }));
  const { none, one, many } = said.dataset, count = Math.min(found.length, MOST);
  said.textContent = !find || !query ? "" : count > 1 ? many.replace("{count}", count) : count ? one : none;
};

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 120);
});
fetch(box.dataset.text, { cache: "no-cache", credentials: "omit", referrerPolicy: "no-referrer" })
  .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
  .then((text) => {
    performance.mark("search-begins");
    find = makeIndex(text);
    performance.measure("search-index", "search-begins");
    show();
  })
  .catch(() => {
    said.textContent = said.dataset.failed;
  });
