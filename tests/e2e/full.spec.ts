// A disk without room: what is typed stays on the page, nothing is said to be saved that is not, and with room
// again everything is saved.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { setUp } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, finish, saved } from "./visit.ts";

test.setTimeout(120_000);

const NO_ROOM = "Il n’y a plus de place sur ce téléphone.";

test("on a full disk nothing typed is lost and nothing is said to be saved", async ({ page, server }) => {
  await page.addInitScript(refuseWhenFull);
  await setUp(page, server.setupLink(), "Carnet plein");
  await page.goto("/");
  await readyOffline(page);
  await page.goto("/");
  await beginAtNewCollective(page, "Les Valises");
  await answerTheRest(page, "Noté avant");
  await saved(page);

  await full(page, true);
  const sentence = page.getByRole("textbox", { name: "En une phrase" });
  await sentence.fill("Noté quand il n’y avait plus de place");
  await expect(page.getByText(NO_ROOM).first()).toBeVisible();
  await expect(page.getByText("Enregistré sur ce téléphone")).toHaveCount(0);
  await expect(sentence).toHaveValue("Noté quand il n’y avait plus de place");
  await takePictures(page, "full");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByText(NO_ROOM).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Visite du/ })).toHaveCount(0);
  await expect(sentence).toHaveValue("Noté quand il n’y avait plus de place");

  await full(page, false);
  await finish(page);
  await expect(page.getByText("Noté quand il n’y avait plus de place")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Noté quand il n’y avait plus de place")).toBeVisible();
});

/** From now on the disk has no room, or has some again: what the browser then says of a write. */
async function full(page: Page, full: boolean): Promise<void> {
  await page.evaluate((full) => Object.assign(globalThis, { full }), full);
}

// Debian's Chromium obeys no quota that its debugger sets, so the refusal is put in its mouth.
function refuseWhenFull(): void {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if ((globalThis as unknown as { full?: boolean }).full) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, given);
  };
}
