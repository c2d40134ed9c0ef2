// Keeps the app itself on the phone, so that it opens without a network. The list of files and the name of their version are written in by the build.
// Data never passes through here: it lies sealed in IndexedDB, and the app asks the server for it directly.
const VERSION = 'guatu-field-__VERSION__'
const FILES = __FILES__

self.addEventListener('install', (event) => {
  // All or nothing: a version that is only half here is not used.
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)))
})

self.addEventListener('activate', (event) => {
  const old = caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((name) => name.startsWith('guatu-field-') && name !== VERSION).map((name) => caches.delete(name))),
    )
  event.waitUntil(old.then(() => self.clients.claim()))
})

// A new version waits until the person agrees: nobody's form is reloaded under the hand.
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith('/field/')) return
  const wanted = event.request.mode === 'navigate' ? '/field/' : url.pathname
  event.respondWith(caches.match(wanted, { ignoreSearch: true }).then((found) => found ?? fetch(event.request)))
})
