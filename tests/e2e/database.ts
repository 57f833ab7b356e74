// The app's database as it lies in the browser, touched without the app.
import type { Page } from "@playwright/test";
import type { Phone } from "./phone.ts";

/** Its version, and the rows of each store: their keys and bytes, as text. */
export interface Contents {
  version: number;
  stores: Record<string, string[]>;
}

/** Opens a page of the origin that holds no database: the worker leaves this address to the server. */
export async function besideTheApp(phone: Phone): Promise<Page> {
  const page = await phone.open();
  await page.goto("/healthz");
  return page;
}

/** What is in it. */
export function contents(page: Page): Promise<Contents> {
  return page.evaluate(touch, {});
}

/** Raises its version and leaves the rest as it is. */
export function raise(page: Page, version: number): Promise<Contents> {
  return page.evaluate(touch, { version });
}

/** Makes it anew at a version, with so many of its stores and the rows that are in them. */
export function remake(page: Page, version: number, stores: number): Promise<Contents> {
  return page.evaluate(touch, { version, stores });
}

/** So many rows in all. */
export function rowCount({ stores }: Contents): number {
  return Object.values(stores).flat().length;
}

/** Runs in the page, and waits for whoever holds it. The values never leave it, and so come back as what they were. */
async function touch({ version, stores }: { version?: number; stores?: number }): Promise<Contents> {
  const name = "perron";
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const open = (version?: number, made: string[] = []) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => made.forEach((store) => request.result.createObjectStore(store));
    return answer(request);
  };
  const read = async (database: IDBDatabase) => {
    const rows: Record<string, [IDBValidKey, Uint8Array][]> = {};
    for (const store of database.objectStoreNames) {
      const held = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answer(held.getAllKeys()), answer(held.getAll())]);
      rows[store] = keys.map((key, at) => [key, values[at]]);
    }
    return rows;
  };

  let database: IDBDatabase;
  if (version && stores) {
    const before = await open();
    const rows = await read(before);
    before.close();
    await answer(indexedDB.deleteDatabase(name));
    const names = Array.from({ length: stores }, (_, at) => String(at + 1));
    database = await open(version, names);
    const transaction = database.transaction(names, "readwrite", { durability: "strict" });
    for (const store of names) {
      for (const [key, value] of rows[store] ?? []) transaction.objectStore(store).put(value, key);
    }
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
  } else {
    database = await open(version);
  }
  const found = Object.entries(await read(database)).map(([store, rows]) => [
    store,
    rows.map(([key, bytes]) => `${key}: ${bytes.join(" ")}`),
  ]);
  database.close();
  return { version: database.version, stores: Object.fromEntries(found) };
}
