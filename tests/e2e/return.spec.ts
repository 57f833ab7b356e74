// What waits is sent when a phone comes back, to its network or to the hand: well before the next try by itself.
import type { Page } from "@playwright/test";
import { createServer } from "node:http";
import { DrowsyPhone } from "./drowsy.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { invite, join, setUp } from "./people.ts";
import { answerTheRest, beginAtNewCollective, finish } from "./visit.ts";

test.setTimeout(120_000);

/** Between two tries by itself, see `state/syncing.rs`; what is sent sooner was sent for another reason. */
const EVERY_MS = 15_000;
const SOON_MS = 8_000;

/** Ways to come back. Each begins while the server is away and ends when it is there again. */
const RETURNS: Record<string, (page: Page, server: () => Promise<void>) => Promise<void>> = {
  "to its network": async (page, start) => {
    await page.context().setOffline(true);
    await start();
    await page.context().setOffline(false);
  },
  "to the hand": async (page, start) => {
    const other = await page.context().newPage();
    await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("hidden");
    await start();
    await page.bringToFront();
    await other.close();
  },
};

for (const [where, comeBack] of Object.entries(RETURNS)) {
  test(`a phone that comes back ${where} sends at once what waits`, async ({ page, server, guard }, info) => {
    await setUp(page, server.setupLink(), "Carnet du retour");
    const link = await invite(page, "Volontaire", "Ulysse");
    const phone = new DrowsyPhone(server.origin, info, guard);
    try {
      const open = await phone.open();
      await join(open, link);
      await readyOffline(open);
      await server.kill();
      await open.getByRole("link", { name: "Ouvrir mon carnet" }).click();
      await beginAtNewCollective(open, "Les Rentrés");
      await answerTheRest(open, "Noté sans réseau");
      await finish(open);
      const received = open.getByText("Reçue", { exact: true }).first();
      await expect(open.getByText("Sur ce téléphone", { exact: true }).first()).toBeVisible();
      // Past the try that finishing made, and right after one by itself: the next is a whole span away.
      await open.waitForTimeout(1_000);
      await open.waitForEvent("requestfailed", { timeout: EVERY_MS * 2 });
      const tried = Date.now();
      await comeBack(open, () => server.start());
      await expect(received).toBeVisible({ timeout: SOON_MS });
      expect(Date.now() - tried, "sooner than by itself").toBeLessThan(EVERY_MS - 2_000);
    } finally {
      await phone.remove();
    }
  });
}

test("a sync that hangs in one network is given up when there is another", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet du tunnel");
  await page.goto("/");
  await readyOffline(page);
  await server.kill();
  await beginAtNewCollective(page, "Les Tunnels");
  await answerTheRest(page, "Noté sans réseau");
  await finish(page);
  // A network that takes everything and answers nothing.
  let swallowed = 0;
  const silence = createServer(() => (swallowed += 1));
  await new Promise<void>((done) => silence.listen(Number(new URL(server.origin).port), "127.0.0.1", done));
  try {
    await expect.poll(() => swallowed, { timeout: EVERY_MS * 2 }).toBeGreaterThan(0);
    // The connection stays: what was asked over it waits on.
    silence.close();
    await server.start();
    await page.waitForTimeout(1_000);
    await expect(page.getByText("Reçue", { exact: true })).toHaveCount(0);
    const begun = Date.now();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: SOON_MS });
    expect(Date.now() - begun).toBeLessThan(EVERY_MS - 2_000);
  } finally {
    silence.closeAllConnections();
  }
});
