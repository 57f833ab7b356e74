// A profile that was copied is one device twice: what either notes is received, once, and merged.
import { cpSync, rmSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { confirm, invite, join, joinAgain, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { lineOf, note } from "./visit.ts";

/** What a home page says of a copy that sends under the same name. */
const TWIN = "Une copie de ce carnet";

test.setTimeout(240_000);

test("both copies of a profile go on, nothing of either is lost or doubled, and each is told to get its own keys", async ({ page, server, guard }, info) => {
  await setUp(page, server.setupLink(), "Carnet des doubles");
  const link = await invite(page, "Volontaire", "Zoé");
  const one = new Phone(server.origin, info, guard);
  const two = new Phone(server.origin, info, guard);
  try {
    const first = await one.open();
    await join(first, link);
    await note(first, "Les Originaux", "Noté avant la copie");
    await expect(first.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
    await one.close();
    rmSync(two.profile, { recursive: true });
    cpSync(one.profile, two.profile, { recursive: true });

    const names = ["Les Premiers", "Les Seconds"];
    const pages = [await one.open(), await two.open()];
    for (const [at, open] of pages.entries()) await note(open, names[at] ?? "", "Noté après la copie");
    for (const open of pages) {
      await expect(open.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
      await open.goto("/");
      await expect(open.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 60_000 });
    }

    await confirm(page, "Zoé");
    await page.goto("/visits");
    for (const name of ["Les Originaux", ...names]) {
      await expect(lineOf(page, name)).toHaveCount(1, { timeout: 60_000 });
    }

    for (const open of pages) {
      await sync(open);
      await expect(open.getByText(TWIN)).toBeVisible();
    }
    await takePictures(pages[0] as Page, "twin");
    await page.goto("/devices");
    await expect(page.getByText("Deux appareils ont envoyé sous ce nom")).toHaveCount(1);
    await takePictures(page, "devices-twin");
    await page.getByRole("button", { name: "Inviter un autre téléphone de Zoé" }).click();
    const further = (await page.getByLabel("Lien d’invitation").innerText()).trim();
    const parted = pages[0] as Page;
    await joinAgain(parted, further);
    await expect(parted.getByRole("heading", { name: "C’est fait" })).toBeVisible();
    await confirm(page, "Zoé");
    await note(parted, "Les Derniers", "Noté sous ses propres clés");
    await expect(parted.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    await sync(parted);
    await expect(parted.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible();
    await expect(parted.getByText(TWIN)).toHaveCount(0);
    await sync(page);
    await page.goto("/visits");
    for (const name of ["Les Originaux", ...names, "Les Derniers"]) {
      await expect(lineOf(page, name)).toHaveCount(1, { timeout: 60_000 });
    }
  } finally {
    await one.remove();
    await two.remove();
  }
});
