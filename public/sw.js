// The service worker: keeps one complete version of the app on the device and serves it from there.
//
// It promises: a version is stored whole and checked against its hashes, or not at all; a page is
// served by one version from its first file to its last; the version before stays until the next
// update, for pages that still run it; nothing switches version until a person asks; no request to
// the server's interface is ever touched or stored.
//
// A template: `cargo xtask dist` replaces the two placeholders below.
"use strict";

/** Hash over the list of files: names this version. */
const VERSION = "__VERSION__";
/** Every file of this version: [path, SHA-256 in base64]. */
const PRECACHE = __PRECACHE__;

const CACHE = `app-${VERSION}`;
/** Which versions have run here, newest last; never matched by a request. */
const HISTORY = "versions";
const SHELL = "/";
/** Paths that belong to the server alone. */
const SERVER_PATHS = ["/api/", "/healthz"];
/** Such names carry the hash of their content, so any stored copy is the right one. */
const HASHED_NAME = /-[0-9a-f]{16}\.[a-z]+$/;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (SERVER_PATHS.some((path) => url.pathname.startsWith(path))) return;
  event.respondWith(answer(event.request, url));
});
self.addEventListener("message", (event) => {
  switch (event.data) {
    case "skip-waiting":
      self.skipWaiting();
      break;
    case "version":
      event.ports[0]?.postMessage(VERSION);
      break;
    case "complete":
      // Asked before the app says "ready without a network": the browser may have dropped files.
      event.waitUntil(
        fill().then(
          () => event.ports[0]?.postMessage(true),
          () => event.ports[0]?.postMessage(false),
        ),
      );
      break;
  }
});

/** Stores what is still missing of this version; a broken download continues where it stopped. */
async function fill() {
  const cache = await caches.open(CACHE);
  const present = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const missing = PRECACHE.filter(([path]) => !present.has(path));
  await Promise.all(missing.map(([path, hash]) => store(cache, path, hash)));
}

/** The browser refuses a body with another hash: a captive portal's page, a half-deployed server. */
async function store(cache, path, hash) {
  const fetched = async (mode) => {
    const integrity = `sha256-${hash}`;
    const reply = await fetch(path, { cache: mode, integrity, redirect: "error" });
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
    await cache.put(path, reply);
  };
  if (!HASHED_NAME.test(path)) return fetched("reload");
  // The page has just loaded these: once over the air is enough.
  return fetched("default").catch(() => fetched("reload"));
}

async function takeOver() {
  const history = await caches.open(HISTORY);
  const stored = await history.match("/versions");
  const before = (stored ? await stored.json() : []).filter((name) => name !== CACHE);
  const keep = [...before.slice(-1), CACHE];
  await history.put("/versions", new Response(JSON.stringify(keep)));

  // `keys` is in order of creation: what comes after this one belongs to a version being installed.
  const names = (await caches.keys()).filter((name) => name.startsWith("app-"));
  const older = names.slice(0, names.indexOf(CACHE)).filter((name) => !keep.includes(name));
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request, url) {
  const options = { ignoreVary: true };
  const cache = await caches.open(CACHE);
  const path = request.mode === "navigate" ? SHELL : url.pathname;
  const own = await cache.match(path, options);
  if (own) return own;
  // A page of the version before asks for a file that only that version has.
  if (HASHED_NAME.test(path)) {
    const other = await caches.match(path, options);
    if (other) return other;
  }
  return fetch(request);
}
