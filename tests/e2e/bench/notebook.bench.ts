// A phone with a great many own visits beside one with few: cold start, scrolling, search, saving, memory.
// Figures are printed, with their ratio to the small phone's; nothing is asserted of them.
import { type CDPSession, type Locator, type Page, test } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { restore } from "../files.ts";
import { readyOffline } from "../offline.ts";
import { Phone } from "../phone.ts";
import { Server } from "../server.ts";
import { beginAtNewCollective, answerTheRest } from "../visit.ts";
import { forget, probe, seen, slow, SLOW_DOWN } from "./probe.ts";

const STARTS = 3;
const SCREENS = 80;
const SAVES = 60;
const ROW = "main li.row";

const folder = process.env.PERRON_NOTEBOOKS ?? "";
const figures = new Map<string, Map<number, number>>();

test("a great many records", async ({}, info) => {
  const sizes = readdirSync(folder)
    .flatMap((name) => /^(\d+)\.perron$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const server = await Server.create();
  const phones = new Map<number, Phone>();
  const begin = async (name: string): Promise<Phone> => {
    const phone = new Phone(server.origin, info, async () => {});
    const page = await phone.open();
    page.setDefaultTimeout(300_000);
    const code = readFileSync(join(folder, `${name}.code`), "utf8");
    await page.goto("/");
    await readyOffline(page);
    await restore(page, join(folder, `${name}.perron`), code);
    await page.locator(ROW).first().waitFor();
    await phone.close();
    return phone;
  };
  for (const size of sizes) phones.set(size, await begin(String(size)));
  const register = await begin("register");
  // Without a network nothing but the phone itself is measured.
  await server.kill();
  for (const [size, phone] of phones) await measure(phone, size);
  await choose(register);
  tell(sizes);
  for (const phone of [...phones.values(), register]) await phone.remove();
  await server.remove();
});

async function measure(phone: Phone, size: number): Promise<void> {
  const [code, starts, whole]: [number[], number[], number[]] = [[], [], []];
  for (let start = 0; start < STARTS; start += 1) {
    const { page } = await opened(phone, "/");
    const { instantiated, firstRow } = await seen(page);
    code.push(instantiated);
    starts.push(firstRow);
    whole.push(await page.evaluate(() => performance.now()));
    await phone.close();
  }
  note("cold start until the code runs, median", size, median(code), "ms");
  note("cold start to an interactive list, median", size, median(starts), "ms");
  note("cold start until all is read, median", size, median(whole), "ms");

  const { page, session } = await opened(phone, "/visits");
  note("rows in the page", size, await page.locator(ROW).count(), "");
  await scroll(page, size);
  await search(page, size);
  await save(page, session, size);
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.enable").then(() => session.send("Performance.getMetrics"));
  const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize")?.value ?? 0;
  note("memory of the page, wasm and JavaScript", size, ((await seen(page)).wasm + heap) / 2 ** 20, "MB");
  await phone.close();
}

async function opened(phone: Phone, path: string): Promise<{ page: Page; session: CDPSession }> {
  const page = await phone.open();
  page.setDefaultTimeout(120_000);
  // A browser that has just begun is busy with itself.
  await page.waitForTimeout(2000);
  const session = await probe(page);
  await page.goto(path);
  await page.locator(ROW).first().waitFor();
  await page.waitForFunction(() => (globalThis as unknown as { probe: { seen: { firstRow: number } } }).probe.seen.firstRow > 0);
  await page.locator(".loading").waitFor({ state: "detached" });
  return { page, session };
}

/** A thumb that flings the list: ten screens a second. */
async function scroll(page: Page, size: number): Promise<void> {
  await page.waitForTimeout(1000);
  await forget(page);
  await page.mouse.move(195, 600);
  for (let screen = 0; screen < SCREENS; screen += 1) {
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(50);
  }
  const { longTasks } = await seen(page);
  note("longest task while scrolling (0: none above 50)", size, Math.max(0, ...longTasks.map(([, took]) => took)), "ms");
  note("tasks above 50 ms while scrolling", size, longTasks.length, "");
}

/** From a keystroke to the frame that shows the first of what was found. */
async function search(page: Page, size: number): Promise<void> {
  await page.goto("/visits");
  await page.locator(ROW).first().waitFor();
  // The list of all visits comes when they were read.
  await page.locator(".loading").waitFor({ state: "detached" });
  await page.waitForTimeout(1000);
  const took = await type(page, page.getByLabel("Chercher"), "theieres 1");
  note("search, keystroke to shown, median", size, median(took), "ms");
  note("search, keystroke to shown, longest", size, Math.max(...took), "ms");
}

/** At the door: among the collectives of a whole country, by name and by code. */
async function choose(phone: Phone): Promise<void> {
  const { page } = await opened(phone, "/collectives");
  await page.goto("/new/visit");
  await page.waitForTimeout(3000);
  const field = page.locator(".picker input[inputmode=search]");
  const took = [...(await type(page, field, "theieres 1")), ...(await type(page, field, "K7R2MX"))];
  console.log(`choosing among 5,000 collectives, keystroke to shown: median ${median(took).toFixed(1)} ms, longest ${Math.max(...took).toFixed(1)} ms`);
  await phone.close();
}

/** How long each letter takes until the frame that shows the first of what was found. */
async function type(page: Page, field: Locator, letters: string): Promise<number[]> {
  // As a person begins.
  await field.click();
  await page.waitForTimeout(500);
  const took: number[] = [];
  for (const letter of letters) {
    took.push(
      await field.evaluate(async (input, letter) => {
        const begun = performance.now();
        (input as HTMLInputElement).value += letter;
        input.dispatchEvent(new InputEvent("input", { bubbles: true, data: letter }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        return performance.now() - begun;
      }, letter),
    );
    await page.waitForTimeout(200);
  }
  await field.fill("");
  return took;
}

/** From the tap on "Terminer" until the visit is on the disk. */
async function save(page: Page, session: CDPSession, size: number): Promise<void> {
  const [taps, writes]: [number[], number[]] = [[], []];
  for (let visit = 0; visit < SAVES; visit += 1) {
    await slow(session, 1);
    await page.goto("/");
    await beginAtNewCollective(page, `Les Saules ${visit}`);
    await answerTheRest(page, "Une soupe et des matelas");
    // Nobody is so quick that the notebook is still being read.
    await page.locator(".loading").waitFor({ state: "detached" });
    await page.waitForTimeout(800);
    await slow(session, SLOW_DOWN);
    await forget(page);
    await page.getByRole("button", { name: "Terminer" }).click();
    await page.getByRole("heading", { name: /^Visite du/ }).waitFor();
    const now = await seen(page);
    taps.push(now.taps[0] ?? Number.NaN);
    writes.push(now.writes[0] ?? Number.NaN);
  }
  note("saving a visit, tap to durable, 95th percentile", size, percentile(taps, 0.95), "ms");
  note("of it the strict transaction, 95th percentile", size, percentile(writes, 0.95), "ms");
}

function note(what: string, size: number, value: number, unit: string): void {
  const name = unit ? `${what} (${unit})` : what;
  console.log(`${size}: ${name}: ${value.toFixed(1)}`);
  figures.set(name, (figures.get(name) ?? new Map()).set(size, value));
}

function tell(sizes: number[]): void {
  const [few, many] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  const lines = [...figures].map(([name, bySize]) => {
    const [small, large] = [bySize.get(few) ?? Number.NaN, bySize.get(many) ?? Number.NaN];
    const ratio = small > 0 ? (large / small).toFixed(2) : "–";
    return `${name.padEnd(58)} ${small.toFixed(1).padStart(9)} ${large.toFixed(1).padStart(9)} ${ratio.padStart(7)}`;
  });
  const title = `own visits, main thread ${SLOW_DOWN}x slower`;
  console.log(`\n${title.padEnd(58)} ${String(few).padStart(9)} ${String(many).padStart(9)}   ratio`);
  console.log(lines.join("\n"));
}

function median(values: number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
