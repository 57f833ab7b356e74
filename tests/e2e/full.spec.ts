// A disk without room: what is typed stays on the page, nothing is said to be saved that is not, and with room
// again everything is saved.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { correctField, saveCorrection } from "./correction.ts";
import { SmallDisk } from "./disk.ts";
import { restore, saveCopy } from "./files.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, finish, note, saved } from "./visit.ts";

test.setTimeout(120_000);

// As in `key-slot.js`.
const RESERVE_BYTES = 4 * 1024 * 1024;
const NO_ROOM = "Il n’y a plus de place sur ce téléphone.";

test("on a full disk nothing typed is lost and nothing is said to be saved", async ({ page, server, guard }, info) => {
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
  const copy = await saveCopy(page);
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByText(NO_ROOM).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Visite du/ })).toHaveCount(0);
  await expect(sentence).toHaveValue("Noté quand il n’y avait plus de place");

  const other = new Phone(server.origin, info, guard);
  const there = await other.open();
  await restore(there, copy.file, copy.code);
  await there.getByRole("link", { name: "Les Valises" }).click();
  await expect(there.getByRole("textbox", { name: "En une phrase" })).toHaveValue(
    "Noté quand il n’y avait plus de place",
  );
  await other.remove();

  await full(page, false);
  // Nobody touches the form.
  await saved(page);
  await finish(page);
  await expect(page.getByText("Noté quand il n’y avait plus de place")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Noté quand il n’y avait plus de place")).toBeVisible();
});

test("a correction that a full disk does not take stays behind its pencil, with a copy to take away", async ({ page, server }) => {
  await page.addInitScript(refuseWhenFull);
  await setUp(page, server.setupLink(), "Carnet plein");
  await note(page, "Les Valises", "Noté avant");
  await page.goto("/collectives");
  await page.getByRole("link", { name: "Les Valises" }).click();
  await correctField(page, "Surnom du collectif");
  const dialog = page.getByRole("dialog");
  const alias = dialog.getByRole("textbox", { name: "Surnom du collectif" });
  await full(page, true);
  await alias.fill("Les Malles");
  await expect(dialog.getByText(NO_ROOM).first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Faire une copie" })).toBeVisible();
  await takePictures(page, "full-pencil");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  // The autosave says it, and now the button too: what it began has failed.
  await expect(dialog.getByText(NO_ROOM)).toHaveCount(2);
  await expect(alias).toHaveValue("Les Malles");
  await full(page, false);
  await expect(dialog.getByText("Enregistré sur ce téléphone")).toBeVisible();
  await saveCorrection(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Les Malles" })).toBeVisible();
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

test("on a disk without a byte left, the room that was kept back saves a visit", async ({ page, server, guard }, info) => {
  const phone = new Phone(server.origin, info, guard);
  const disk = SmallDisk.mount(phone.profile);
  test.skip(!disk, "nobody may mount a disk here");
  if (!disk) return;
  try {
    await setUp(page, server.setupLink(), "Carnet plein");
    const open = await phone.open();
    await join(open, await invite(page, "Volontaire", "Ada"));
    await open.goto("/");
    await readyOffline(open);
    await expect.poll(() => open.evaluate(reserve), { timeout: 30_000 }).toBe(RESERVE_BYTES);
    await beginAtNewCollective(open, "Les Valises");
    await answerTheRest(open, "Noté avant");
    await saved(open);

    disk.fill();
    const sentence = open.getByRole("textbox", { name: "En une phrase" });
    // What was written last may have left room for one more row.
    await expect(async () => {
      await sentence.fill(`Noté sans un octet de libre, à ${Date.now()}`);
      await saved(open);
      expect(await open.evaluate(reserve)).toBe(0);
    }).toPass({ timeout: 30_000 });
    await finish(open);
    await open.getByRole("link", { name: "Accueil" }).click();
    await expect(open.getByText("Il n’y a presque plus de place sur ce téléphone.")).toBeVisible();
    await takePictures(open, "cramped");

    disk.clear();
    await open.goto("/");
    await open.getByRole("link", { name: "Les Valises" }).click();
    await expect(open.getByText("Noté sans un octet de libre")).toBeVisible();
    await expect.poll(() => open.evaluate(reserve), { timeout: 30_000 }).toBe(RESERVE_BYTES);
    await open.goto("/");
    await expect(open.getByText("Il n’y a presque plus de place")).toHaveCount(0);
  } finally {
    await phone.close();
    disk.unmount();
    await phone.remove();
  }
});

/** The bytes that the app keeps back. */
async function reserve(): Promise<number> {
  const folder = await navigator.storage.getDirectory();
  return folder.getFileHandle("perron.reserve").then(
    async (file) => (await file.getFile()).size,
    () => 0,
  );
}
