// A visit takes few taps: 25 at a known collective, 32 at a new one, with every one of the ten questions answered.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { choose, finish, question } from "./visit.ts";

test.setTimeout(120_000);

test("ten answers in few taps", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet rapide");
  await page.addInitScript(() => {
    const window = globalThis as unknown as { taps: number };
    window.taps = 0;
    document.addEventListener("pointerdown", () => window.taps++, true);
  });

  await page.goto("/");
  await page.getByRole("link", { name: "Nouvelle visite" }).first().click();
  await page.getByRole("button", { name: "Nouveau collectif" }).click();
  await write(page.getByLabel("Surnom du collectif"), "Les Marguerites");
  await choose(page, "Commune", "Schaerbeek");
  await choose(page, "Type d’habitat", "Habitat groupé");
  await tenAnswers(page);
  await finish(page);
  expect(await taps(page), "a new collective").toBeLessThanOrEqual(32);

  await page.goto("/");
  await page.getByRole("link", { name: "Nouvelle visite" }).first().click();
  await page.getByRole("button", { name: "Les Marguerites" }).click();
  await tenAnswers(page);
  await finish(page);
  expect(await taps(page), "a known collective").toBeLessThanOrEqual(25);
});

/** Everything but the collective and the day, which is today unless one says otherwise. */
async function tenAnswers(page: Page): Promise<void> {
  await choose(page, "Le collectif accepte que je note cette visite", "Oui, et en chiffres anonymes");
  await choose(page, "Où en est l’accueil ?", "Accueille en ce moment");
  await write(question(page, "Nuitées des 30 derniers jours").getByRole("textbox").first(), "12");
  await choose(page, "Nuitées des 30 derniers jours", "Compté");
  await question(page, "Effet sur le groupe").locator("label").nth(3).click();
  await question(page, "Effet sur le quartier").locator("label").nth(4).click();
  await several(question(page, "Quels effets ?"), 6);
  await several(question(page, "De quoi le collectif a-t-il besoin ?"), 5);
  await write(page.getByRole("textbox", { name: "En une phrase" }), "Une soupe le jeudi");
}

async function several(group: Locator, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await group.locator("label.chip").nth(n).click();
  await expect(group.locator("label.chip.chosen")).toHaveCount(count);
}

async function write(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.pressSequentially(text);
}

/** The taps since the page was loaded. */
async function taps(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { taps: number }).taps);
}
