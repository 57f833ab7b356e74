// A newer release: offered, never forced; the pages of the one before keep working.
import type { Page } from "@playwright/test";
import { appendFileSync, rmSync } from "node:fs";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { setUp } from "./people.ts";
import { nextRelease } from "./release.ts";
import { assetsFolder } from "./server.ts";
import { beginAtNewCollective, choose, note, question, saved } from "./visit.ts";

const OFFER = "Une nouvelle version de Perron est prête.";

test("an update waits for a tap, and leaves other pages as they are", async ({ page, context, server }) => {
  const next = nextRelease(assetsFolder());
  await page.goto("/");
  await readyOffline(page);
  const other = await context.newPage();
  await other.goto("/");
  await readyOffline(other);
  const styles = () => page.locator("link[rel=stylesheet]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const before = await styles();

  await server.deploy(next);
  // Once shows the release before and finds the newer one.
  await page.reload();
  await expect(page.getByText(OFFER)).toBeVisible();
  expect(await styles()).toEqual(before);

  const marked = "a page that did not ask keeps what it holds";
  await other.evaluate((text) => (document.documentElement.dataset.kept = text), marked);
  await page.getByRole("button", { name: "Mettre à jour" }).click();
  // Asked again where the page's own reload interrupts the question.
  await expect(async () => expect(await styles()).not.toEqual(before)).toPass({ timeout: 15_000 });
  await expect(page.getByText(OFFER)).toHaveCount(0);

  await expect(other.getByText(OFFER)).toBeVisible();
  expect(await other.evaluate(() => document.documentElement.dataset.kept)).toBe(marked);
  // What only the release before has is still there for its pages, with the server gone or changed.
  const old = before.find((path) => path?.includes("base-")) ?? "";
  await server.stop();
  expect(await other.evaluate((path) => fetch(path).then((reply) => reply.status), old)).toBe(200);
  await other.getByRole("button", { name: "Mettre à jour" }).click();
  await expect(other.getByText(OFFER)).toHaveCount(0);
  await other.goto("/settings");
  await expect(other.getByText("Prêt sans réseau").or(other.getByText("Perron est ouvert ailleurs"))).toBeVisible();

  const names = await page.evaluate(() => caches.keys());
  expect(names.filter((name) => name.startsWith("app-"))).toHaveLength(2);
  rmSync(next, { recursive: true });
});

test("a half-deployed release is not taken", async ({ page, server }) => {
  const next = nextRelease(assetsFolder());
  // The worker's list names other bytes than the server has.
  appendFileSync(`${next}/manifest.webmanifest`, " ");
  await page.goto("/");
  await readyOffline(page);
  await server.deploy(next);
  await page.reload();
  await page.waitForTimeout(3_000);
  await expect(page.getByText(OFFER)).toHaveCount(0);
  await server.stop();
  await page.goto("/settings");
  await expect(page.getByText("Prêt sans réseau")).toBeVisible();
  rmSync(next, { recursive: true });
});

test("an update is not offered while a form is open, and is once the form is left", async ({ page, server }) => {
  const next = nextRelease(assetsFolder());
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await readyOffline(page);
  await note(page, "Les Tranquilles", "Une soupe le jeudi");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Patientes");
  await saved(page);

  await server.deploy(next);
  // The page asks for a newer version when it is looked at again.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => waits(page), { timeout: 30_000 }).toBe(true);
  await choose(page, "Commune", "Uccle");
  await saved(page);
  await page.waitForTimeout(1_000);
  await expect(page.getByText(OFFER)).toHaveCount(0);

  await page.getByRole("link", { name: "Fermer : le brouillon reste" }).click();
  await expect(page.getByText(OFFER)).toBeVisible();
  // Beside a record somebody may be writing an answer or a correction.
  await page.getByRole("link", { name: "Les Tranquilles" }).click();
  await expect(page.getByRole("heading", { name: /^Visite du/ })).toBeVisible();
  await expect(page.getByText(OFFER)).toHaveCount(0);
  // Where a name or a code is typed, or an invitation is shown once.
  for (const path of ["/settings", "/invite"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(OFFER)).toHaveCount(0);
  }
  await page.goto("/");
  await expect(page.getByText(OFFER)).toBeVisible();
  await page.getByRole("link", { name: "Les Patientes" }).click();
  await expect(page.getByLabel("Surnom du collectif")).toHaveValue("Les Patientes");
  await expect(page.getByText(OFFER)).toHaveCount(0);
  // Loaded in the middle of a form, the page holds its tongue too.
  await page.reload();
  await expect(page.getByLabel("Surnom du collectif")).toHaveValue("Les Patientes");
  expect(await waits(page)).toBe(true);
  await page.waitForTimeout(1_000);
  await expect(page.getByText(OFFER)).toHaveCount(0);

  await page.getByRole("link", { name: "Fermer : le brouillon reste" }).click();
  await page.getByRole("button", { name: "Mettre à jour" }).click();
  await expect(page.getByText(OFFER)).toHaveCount(0);
  await page.getByRole("link", { name: "Les Patientes" }).click();
  await expect(question(page, "Commune").getByLabel("Uccle")).toBeChecked();
  rmSync(next, { recursive: true });
});

/** Whether a newer version is stored in this browser and waits. */
function waits(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
}
