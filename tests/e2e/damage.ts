// What a browser was seen to do to a store without a word, done to one row or to all of a kind.
import type { Page } from "@playwright/test";
import { besideTheApp } from "./database.ts";
import type { Phone } from "./phone.ts";

/** The store of the histories of records. */
export const HISTORIES = "4";

/** Removes all rows of a store: what a log that was cut off leaves. */
export async function lose(phone: Phone, store: string): Promise<void> {
  await beside(phone, (page) => page.evaluate(touch, { store, spoil: false }));
}

/** Flips a bit in the first row of a store: it does not open any more. */
export async function spoil(phone: Phone, store: string): Promise<void> {
  await beside(phone, (page) => page.evaluate(touch, { store, spoil: true }));
}

/** Removes the file of the key under which everything is sealed. */
export async function loseKey(phone: Phone): Promise<void> {
  await beside(phone, (page) =>
    page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("perron.key")),
  );
}

async function beside(phone: Phone, act: (page: Page) => Promise<void>): Promise<void> {
  await act(await besideTheApp(phone));
  await phone.close();
}

/** Runs in the page. */
async function touch({ store, spoil }: { store: string; spoil: boolean }): Promise<void> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const database = await answer(indexedDB.open("perron"));
  const transaction = database.transaction(store, "readwrite", { durability: "strict" });
  const ended = new Promise((done) => (transaction.oncomplete = done));
  const rows = transaction.objectStore(store);
  const keys = await answer(rows.getAllKeys());
  if (keys.length === 0) throw new Error(`nothing in store ${store}`);
  if (spoil) {
    const [key] = keys as [IDBValidKey];
    const bytes: Uint8Array = await answer(rows.get(key));
    bytes[bytes.length >> 1] ^= 1;
    rows.put(bytes, key);
  } else {
    rows.clear();
  }
  await ended;
  database.close();
}
