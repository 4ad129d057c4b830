/* Keeps the pages of PAGES in the languages the reader opened, and the files of FILES; nothing else, and no query. Pages
   come from the site; what is kept stands in when it does not answer in time. */
const SCOPE = self.registration.scope, OURS = `balise ${SCOPE} `, CACHE = OURS + DIGEST;
const WAIT = 3000;
const complete = new Set();

const languageOf = (url) => (url.startsWith(SCOPE) ? url.slice(SCOPE.length).split(/[/?#]/)[0] : "");
const isPage = (address) => Object.values(PAGES).some((pages) => pages.includes(address));

const keep = async (cache, address) => {
  const answer = await fetch(SCOPE + address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await cache.put(SCOPE + address, answer.redirected ? new Response(answer.body, answer) : answer);
};

/* Adds what is missing of one language; the first page of the site belongs to each. */
const fill = async (language) => {
  if (complete.has(language)) return;
  const cache = await caches.open(CACHE), wanted = [...FILES, "", ...(PAGES[language] || [])];
  const missing = await Promise.all(wanted.map(async (address) => !(await cache.match(SCOPE + address))));
  await Promise.all(wanted.filter((_, place) => missing[place]).map((address) => keep(cache, address)));
  complete.add(language);
};

/* The languages of the windows that are open, and those that were kept before. */
const languages = async () => {
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const found = new Set(open.map((window) => languageOf(window.url)));
  for (const name of await caches.keys()) {
    if (!name.startsWith(OURS)) continue;
    for (const request of await (await caches.open(name)).keys()) found.add(languageOf(request.url));
  }
  return [...found].filter((language) => Object.hasOwn(PAGES, language));
};

const fileFirst = async (event, address) => {
  const kept = await (await caches.open(CACHE)).match(SCOPE + address);
  return kept || fetch(event.request);
};

const siteFirst = async (event, address) => {
  const cache = await caches.open(CACHE);
  const asked = fetch(event.request).then(async (answer) => {
    if (answer.ok && answer.type === "basic" && !answer.redirected) await cache.put(SCOPE + address, answer.clone());
    return answer;
  });
  event.waitUntil(asked.catch(() => {}));
  const kept = await cache.match(SCOPE + address);
  if (!kept) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, WAIT, null));
  const answer = await Promise.race([asked.catch(() => null), late]);
  return answer && answer.status < 500 ? answer : kept;
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(languages().then((found) => Promise.all((found.length ? found : [""]).map(fill))));
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
    (await languages()).forEach((language) => fill(language).catch(() => {})); /* Of windows that opened meanwhile. */
  };
  event.waitUntil(clear());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !url.startsWith(SCOPE)) return;
  const address = url.slice(SCOPE.length), language = languageOf(url);
  if (FILES.includes(address)) event.respondWith(fileFirst(event, address));
  if (request.mode !== "navigate") return;
  if (Object.hasOwn(PAGES, language)) event.waitUntil(fill(language).catch(() => {}));
  if (!address || isPage(address)) event.respondWith(siteFirst(event, address));
});
