// A newer release: offered, never forced; the pages of the one before keep working.
import { appendFileSync, rmSync } from "node:fs";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { nextRelease } from "./release.ts";
import { assetsFolder } from "./server.ts";

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
