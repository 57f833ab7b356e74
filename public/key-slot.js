// Holds the two slots of a vault key in a file of the origin's private file system, and room for a full disk in
// another.
//
// It promises: a slot is overwritten in place and flushed, so that a replaced key is gone from the disk;
// one slot is always whole, because the second is written after the first is flushed. It reads nothing
// into the bytes: checksums and locks are the app's business. In-place writing exists only in workers.
"use strict";

const SLOT_BYTES = 256;
// The database of a browser writes files of about this size.
const RESERVE_BYTES = 4 * 1024 * 1024;

self.onmessage = async (event) => {
  const [reply] = event.ports;
  try {
    reply.postMessage({ ok: await act(event.data) });
  } catch (fault) {
    reply.postMessage({ error: String((fault && fault.name) || "Error") });
  }
};

// A page of a version before names no file. It wrote by another word, as this script's version before did: so
// when a page meets the script of another version, a key is never put over the one of another notebook.
async function act({ act: name, file: key = "perron.key", bytes }) {
  const folder = await self.navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(key, { create: true });
  const file = await handle.createSyncAccessHandle();
  try {
    if (name === "reserve") return reserve(file);
    return name === "overwrite" ? write(file, bytes) : read(file);
  } finally {
    file.close();
  }
}

function read(file) {
  const slots = new Uint8Array(2 * SLOT_BYTES);
  file.read(slots, { at: 0 });
  return slots;
}

function write(file, bytes) {
  for (const at of [0, SLOT_BYTES]) {
    file.write(bytes, { at });
    file.flush();
  }
  return read(file);
}

/** Whatever a browser calls it, what keeps a file from growing is a full disk. */
function reserve(file) {
  // Random: a file system that packs would keep no room for zeros.
  const bytes = crypto.getRandomValues(new Uint8Array(65536));
  try {
    if (file.getSize() === RESERVE_BYTES) return new Uint8Array(0);
    // As much again must be left: a database that is opened on a disk filled to the brim was seen to be lost.
    while (file.getSize() < 2 * RESERVE_BYTES) {
      if (file.write(bytes, { at: file.getSize() }) === 0) break;
    }
    file.flush();
  } catch {
    // Told below.
  }
  const fits = file.getSize() >= 2 * RESERVE_BYTES;
  file.truncate(fits ? RESERVE_BYTES : 0);
  if (!fits) throw new DOMException("", "QuotaExceededError");
  return new Uint8Array(0);
}
