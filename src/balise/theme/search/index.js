/* The index of an edition, made from its text: one line for each page and service, as src/balise/search.py writes them. */
const FIELDS = ["title", "words", "about", "headings", "text"];
/* What share of the best result's score a page needs to be shown. */
const FAINT = 0.08;

const readPassage = (passage) => {
  const [, kind, language, text] = /^([=#])(\S*) ([^]*)$/.exec(passage) || ["", "=", "", passage];
  return { heading: kind === "#", language, text };
};

const readLine = (line, id) => {
  const [address, weight, words, ...rest] = line.split("\t");
  const [title, about, ...passages] = rest.map(readPassage);
  const all = (heading) => passages.filter((item) => item.heading === heading).map((item) => item.text).join("\n");
  return { id, address, weight: Number(weight), words, shown: title, described: about, passages,
    title: title.text, about: about.text, headings: all(true), text: all(false) };
};

/* A text as it is compared with a title: its words alone, without accents. */
const plainOf = (text) => wordsOf(text).map(fold).join(" ");

/* Each word counts once in a field: an index of a third less, and long pages win nothing by repeating themselves. */
const differentWords = (text) => [...new Set(wordsOf(text))];

const makeIndex = (text) => {
  const pages = text.split("\n").filter((line) => line).map(readLine);
  const taken = new Map();
  if (JOINED) {
    for (const page of pages) {
      for (const field of FIELDS) {
        const words = differentWords(page[field]);
        taken.set(page[field], words);
        for (const word of words) if (word.length > 3) known.add(fold(word));
      }
    }
  }
  const mini = new MiniSearchModule.default({
    fields: FIELDS,
    tokenize: (text) => taken.get(text) || differentWords(text),
    processTerm: termsOf,
    searchOptions: {
      boost: { title: 5, words: 5, about: 2, headings: 2 },
      fuzzy: (term) => (term.length > 3 && !/\d/.test(term) ? 0.2 : false),
      prefix: (term) => term.length > 2,
      weights: { fuzzy: 0.35, prefix: 0.4 },
      boostDocument: (id) => pages[id].weight,
    },
  });
  mini.addAll(pages);
  taken.clear();
  return (query) => {
    const near = mini.search(query), found = near.length ? near : mini.search(query, { fuzzy: 0.4 }), said = plainOf(query);
    const score = ({ id, score }) => (plainOf(pages[id].title).includes(said) ? 3 * score : score);
    return found.filter((item) => item.score > FAINT * found[0].score)
      .map((item) => ({ ...pages[item.id], terms: new Set(item.terms), score: score(item) }))
      .sort((one, other) => other.score - one.score);
  };
};
