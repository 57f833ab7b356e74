// A phone with more records than are read at once: the newest are there first, then all; the page holds few.
import type { Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectAccessible } from "./accessibility.ts";
import { restore } from "./files.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { Phone } from "./phone.ts";
import { answerTheRest, beginAtNewCollective, finish } from "./visit.ts";

const VISITS = 450;
/** Lines in sight, and as many again above and below, in chunks. */
const MOST_IN_PAGE = 60;

test.setTimeout(300_000);

test("450 own visits: listed, scrolled, found and written, with few lines in the page", async ({ server, guard }, info) => {
  const folder = mkdtempSync(join(tmpdir(), "perron-notebooks-"));
  const phone = new Phone(server.origin, info, guard);
  try {
    write(folder);
    let page = await phone.open();
    await page.goto("/");
    await readyOffline(page);
    await restore(page, join(folder, `${VISITS}.perron`), readFileSync(join(folder, `${VISITS}.code`), "utf8"));
    await expect(lines(page).first()).toBeVisible({ timeout: 60_000 });
    // What a list shows first is remembered once nothing has changed for a while.
    await page.waitForTimeout(4000);
    await phone.close();
    await server.kill();

    page = await phone.open();
    await page.goto("/visits");
    await test.step("the newest are there first, then all", async () => {
      await expect(lines(page).first()).toContainText("20nov.", { useInnerText: false });
      await expect(page.getByText(`${VISITS} visites`)).toBeVisible({ timeout: 30_000 });
      await expect(page.locator(".loading")).toHaveCount(0);
      await expect(lines(page).first()).toContainText("20nov.", { useInnerText: false });
      await expect(lines(page).first()).toHaveAttribute("aria-setsize", String(VISITS));
      await expectAccessible(page);
    });

    await test.step("the page holds what is in sight, wherever that is", async () => {
      expect(await lines(page).count()).toBeLessThan(MOST_IN_PAGE);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(height, "room is kept for all").toBeGreaterThan(VISITS * 60);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await expect(page.locator(`[aria-posinset="${VISITS}"]`)).toBeInViewport();
      expect(await lines(page).count()).toBeLessThan(MOST_IN_PAGE);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
      await expect.poll(() => inSight(page)).toBeGreaterThan(3);
    });

    await test.step("a search finds the visits of a collective", async () => {
      await page.evaluate(() => scrollTo(0, 0));
      await page.getByLabel("Chercher").fill("theieres");
      await expect(page.getByText(`${VISITS} visites`)).toHaveCount(0);
      await expect(lines(page).first()).toContainText("Les Trois Théières");
      await page.getByLabel("Chercher").fill("rien de tel");
      await expect(page.getByText("Aucune visite à un tel collectif.")).toBeVisible();
    });

    await test.step("a visit that is written before all was read is kept, and is one more", async () => {
      await page.goto("/");
      await beginAtNewCollective(page, "Les Glycines");
      await answerTheRest(page, "Une soupe le jeudi");
      await finish(page);
      await phone.close();
      page = await phone.open();
      await page.goto("/visits");
      await expect(page.getByText(`${VISITS + 1} visites`)).toBeVisible({ timeout: 30_000 });
      await expect(lines(page).first()).toContainText("Les Glycines");
    });
  } finally {
    await phone.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

function lines(page: Page) {
  return page.locator("main li.row");
}

/** How many lines are in the window. */
function inSight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rects = [...document.querySelectorAll("main li.row")].map((line) => line.getBoundingClientRect());
    return rects.filter((rect) => rect.top >= 0 && rect.bottom <= innerHeight).length;
  });
}

/** Two notebooks, written by the phones' own code. */
function write(folder: string): void {
  const xtask = process.env.PERRON_XTASK ?? "";
  const server = process.env.PERRON_BINARY ?? "";
  const options = ["bench", "--records", String(VISITS), "--write", folder, "--server", server];
  execFileSync(xtask, options, { stdio: "pipe" });
}
