// A sync that cannot be stored: what memory holds is read from the disk again, beside somebody who writes.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { setUp } from "./people.ts";
import type { Server } from "./server.ts";
import { beginAtNewCollective, lineOf, note, saved } from "./visit.ts";

test.setTimeout(120_000);

/** A hand on the app's store. */
interface Grip {
  /** Which transactions are refused from now on. */
  refused: IDBTransactionMode[];
  /** Whether the next one that is refused makes others wait. */
  holds: boolean;
  /** Lets those go on that wait. */
  release?: () => void;
  /** So often something was read since. */
  reads: number;
}

declare const grip: Grip;

test("what is written while the notebook is read again is in it afterwards", async ({ page, server }) => {
  await begin(page, server);
  await beginAtNewCollective(page, "Les Lilas");
  await saved(page);
  await refuse(page, ["readwrite"], true);
  await server.start();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect.poll(() => page.evaluate(() => grip.reads)).toBeGreaterThan(0);
  await refuse(page, []);
  const alias = page.getByLabel("Surnom du collectif");
  // Typed in one go and not touched again: nothing saves it once more.
  await alias.fill("Les Glycines");
  await page.waitForTimeout(600);
  await page.evaluate(() => grip.release?.());
  await saved(page);
  await page.getByRole("link", { name: "Fermer" }).click();
  await expect(lineOf(page, "Les Sureaux")).toBeVisible();
  await lineOf(page, "Les Glycines").getByRole("link").click();
  await expect(alias).toHaveValue("Les Glycines");
});

test("while the disk cannot be read the form stays open, says that it is not saved, and saves once it can", async (
  { page, server },
) => {
  await begin(page, server);
  await refuse(page, ["readwrite", "readonly"]);
  await server.start();
  await page.getByRole("button", { name: "Synchroniser" }).click();
  await expect(page.getByText("Ce téléphone n’a pas pu enregistrer.")).toBeVisible();
  await beginAtNewCollective(page, "Les Glycines");
  await expect(page.getByText("Pas enregistré")).toBeVisible();
  await expect(page.getByLabel("Surnom du collectif")).toHaveValue("Les Glycines");
  await refuse(page, []);
  await saved(page);
  await page.reload();
  await expect(page.getByLabel("Surnom du collectif")).toHaveValue("Les Glycines");
});

/** A campaign, and a visit that waits to be sent. */
async function begin(page: Page, server: Server): Promise<void> {
  await page.addInitScript(watch);
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await readyOffline(page);
  await server.stop();
  await note(page, "Les Sureaux", "Une soupe le jeudi");
  await page.goto("/");
  await expect(lineOf(page, "Les Sureaux")).toContainText("Sur ce téléphone");
}

/** Refuses transactions of these kinds; `holds`: at the first one, the histories are held as well. */
async function refuse(page: Page, refused: IDBTransactionMode[], holds = false): Promise<void> {
  await page.evaluate((set) => Object.assign(grip, set), { refused, holds });
}

/** Runs in the page, before the app. */
function watch(): void {
  const grip: Grip = { refused: [], holds: false, reads: 0 };
  Object.assign(globalThis, { grip });
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode = "readonly", options) {
    if (grip.release && mode === "readonly") grip.reads += 1;
    if (!grip.refused.includes(mode)) return open.call(this, stores, mode, options);
    if (grip.holds) {
      grip.holds = false;
      const rows = open.call(this, ["4"], "readwrite").objectStore("4");
      let held = true;
      const hold = (): void => {
        if (held) rows.get("").onsuccess = hold;
      };
      hold();
      grip.release = () => (held = false);
    }
    throw new DOMException("refused by the test", "AbortError");
  };
}
