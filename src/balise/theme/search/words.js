/* From text to the terms that are compared: letters without accents, stems, parts of Dutch compounds. */
const PAGE = document.documentElement.lang.split("-")[0];
const LITTLE = {
  fr: "a ai as au aux avec c ce ces cet cette d dans de des du elle elles en est et eu il ils j je l la le les leur leurs lui m ma me mes moi mon n ne nos notre nous on ont par pas pour qu que qui s sa se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y",
  nl: "aan al als bij dan dat de deze die dit door een en er ge haar heb hebben heeft hem het hij hoe hun ik in is je jij kan maar me mee met mij mijn na naar niet nog nu of om ons onze ook op over s t te tot u uit uw van voor wat we wel wie wij wordt zal ze zich zij zijn zo",
  en: "a about am an and are as at be by can d do does for from had has have he her him his how i if in is it its ll m me my no not of on or our re s she so t than that the their them then there they this to was we were what when which who will with you your",
};
const little = new Set((LITTLE[PAGE] || "").split(" "));
const stemmer = typeof Snowball === "object" ? new Snowball.Stemmer() : { stemWord: (word) => word };
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss");

/* A number keeps its groups together, whatever stands between them. */
const joinNumbers = (text) => text.replace(/(\d)[\s.\u2011]+(?=\d{2})/g, "$1");
const lower = (text) => text.toLowerCase().replace(/\u00ad/g, "");
/* Letters and digits of all scripts; spelled as ranges, which is three times as fast as their Unicode classes. */
const WORD = /[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufdff]+/g;
const wordsOf = (text) => joinNumbers(lower(text)).match(WORD) || [];

/* Compounds are taken apart into words that the site uses by themselves, with the s that may join them. */
const JOINED = PAGE === "nl";
const known = new Set();
const parts = (word) => {
  for (let at = word.length - 4; JOINED && at >= 4; at -= 1) {
    const end = word.slice(at), start = word.slice(0, at);
    if (known.has(end)) {
      if (known.has(start)) return [start, end];
      if (start.endsWith("s") && start.length > 4 && known.has(start.slice(0, -1))) return [start.slice(0, -1), end];
    }
  }
  return [];
};

const cache = new Map();
/* A word's terms: its stem with and without its accents, and those of its parts. */
const termsOf = (word) => {
  let terms = cache.get(word);
  if (!terms) {
    const plain = fold(word);
    terms = new Set();
    if (!little.has(plain) && (plain.length > 1 || plain >= "0" && plain <= "9")) {
      for (const form of [word, plain, ...parts(plain)]) {
        if (!little.has(form)) terms.add(fold(stemmer.stemWord(form)));
      }
    }
    cache.set(word, (terms = [...terms]));
  }
  return terms;
};
