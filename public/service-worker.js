// Answers a navigation that failed for want of a connection with the offline page. It does nothing else: every other
// request, and every navigation that reaches the server, passes through untouched.
const CACHE = "offline-1";
const PAGES = ["/offline.html", "/offline.css"];

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PAGES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
    const dropOld = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
    event.waitUntil(caches.keys().then(dropOld).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.mode === "navigate" && request.method === "GET") {
        event.respondWith(fetch(request).catch(() => caches.match("/offline.html")));
    } else if (new URL(request.url).pathname === "/offline.css") {
        event.respondWith(fetch(request).catch(() => caches.match("/offline.css")));
    }
});
