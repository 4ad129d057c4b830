/* Takes the place of a worker that kept pages: deletes them all, and then itself. */
const OURS = `balise ${self.registration.scope} `;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const clear = async () => {
    const kept = (await caches.keys()).filter((name) => name.startsWith(OURS));
    await Promise.all(kept.map((name) => caches.delete(name)));
    await self.registration.unregister();
  };
  event.waitUntil(clear());
});
