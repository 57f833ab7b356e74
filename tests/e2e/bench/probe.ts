// What a page tells of itself while it is measured.
import type { CDPSession, Page } from "@playwright/test";

/** So much slower than this machine is a phone. */
export const SLOW_DOWN = 4;

/** What the probe has seen, in milliseconds since the navigation began. */
export interface Seen {
  /** The code was there and compiled as far as it must be. */
  instantiated: number;
  /** The first line of a list was there. */
  firstRow: number;
  /** Tasks of the main thread that took longer than 50 ms: when, how long. */
  longTasks: [number, number][];
  /** Durable writes: from the call that opened the transaction to its `complete`. */
  writes: number[];
  /** From the last tap to the `complete` of the write that it caused. */
  taps: number[];
  /** Bytes of wasm memory. */
  wasm: number;
}

/** Lets a page watch itself from its first line on, and makes it slow. */
export async function probe(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await slow(session, SLOW_DOWN);
  await page.addInitScript(watch);
  return session;
}

/** How much slower than this machine the page is. */
export async function slow(session: CDPSession, rate: number): Promise<void> {
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/** What was seen so far. */
export function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const { seen, memory } = (globalThis as unknown as { probe: { seen: Seen; memory?: WebAssembly.Memory } }).probe;
    return { ...seen, wasm: memory?.buffer.byteLength ?? 0 };
  });
}

/** Forgets the tasks and writes that were seen. */
export async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { seen } = (globalThis as unknown as { probe: { seen: Seen } }).probe;
    Object.assign(seen, { longTasks: [], writes: [], taps: [] });
  });
}

function watch(): void {
  const seen = { instantiated: 0, firstRow: 0, longTasks: [], writes: [], taps: [], wasm: 0 } as Seen;
  const probe: { seen: Seen; memory?: WebAssembly.Memory } = { seen };
  Object.assign(globalThis, { probe });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) seen.longTasks.push([task.startTime, task.duration]);
  }).observe({ type: "longtask", buffered: true });
  const rows = new MutationObserver(() => {
    if (!document.querySelector("main li.row")) return;
    rows.disconnect();
    // Interactive: the main thread takes up another task.
    setTimeout(() => (seen.firstRow = performance.now()), 0);
  });
  rows.observe(document, { childList: true, subtree: true });
  let tap = 0;
  addEventListener("click", () => (tap = performance.now()), true);
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const transaction = open.call(this, stores, mode, options);
    if (mode === "readwrite") {
      const begun = performance.now();
      transaction.addEventListener("complete", () => {
        seen.writes.push(performance.now() - begun);
        seen.taps.push(performance.now() - tap);
      });
    }
    return transaction;
  };
  // The second file has none of its own.
  const keep = (instance: WebAssembly.Instance) => {
    probe.memory ??= instance.exports.memory as WebAssembly.Memory | undefined;
  };
  const streaming = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const made = await streaming(source, imports);
    seen.instantiated = performance.now();
    keep(made.instance);
    return made;
  };
}
