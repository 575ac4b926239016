// Keeps one page for when the network is gone; everything else always comes from the network.
"use strict";
const KEPT = "litink-offline-1";
const PAGE = "/offline/";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([
    PAGE, "/static/css/tokens.css", "/static/css/base.css", "/static/css/layout.css", "/static/css/forms.css", "/static/img/icons.svg",
  ])).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const wanted = event.request;
  if (wanted.mode === "navigate") {
    event.respondWith(fetch(wanted).catch(() => caches.match(PAGE)));
  } else if (wanted.method === "GET" && new URL(wanted.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(wanted).catch(() => caches.match(wanted)));
  }
});
