// Holds the two slots of a vault key in a file of the origin's private file system.
//
// It promises: a slot is overwritten in place and flushed, so that a replaced key is gone from the disk;
// one slot is always whole, because the second is written after the first is flushed. It reads nothing
// into the bytes: checksums and locks are the app's business. In-place writing exists only in workers.
"use strict";

const SLOT_BYTES = 256;

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
