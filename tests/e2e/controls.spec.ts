// The controls of a form: what a tap or a number does to an answer, and what is said when it does nothing.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { answerCollective, beginAtNewCollective, choose, question, saved } from "./visit.ts";

test.setTimeout(120_000);

const NIGHTS = "Nuitées des 30 derniers jours";
const EFFECTS = "Quels effets ?";
const NEEDS = "De quoi le collectif a-t-il besoin ?";
const PLACE = "Commune";

test.beforeEach(async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Boutons");
  await answerCollective(page);
});

test("a number is stepped from zero and not below, or counted as persons and nights", async ({ page }) => {
  const nights = question(page, NIGHTS);
  const number = nights.getByRole("textbox").first();
  await expect(number).toHaveValue("");
  await less(nights).click();
  await expect(number).toHaveValue("0");
  for (let n = 0; n < 3; n++) await more(nights).click();
  await less(nights).click();
  await expect(number).toHaveValue("2");
  await number.fill("douze");
  await expect(number).toHaveValue("");

  await nights.getByText("Calculer : personnes × nuits").click();
  await nights.getByLabel("Personnes").fill("3");
  await nights.getByLabel("Nuits", { exact: true }).fill("10");
  await expect(number).toHaveValue("");
  await nights.getByRole("button", { name: "Reprendre 30" }).click();
  await expect(number).toHaveValue("30");
  // Of the last thirty days there are thirty nights.
  await nights.getByLabel("Nuits", { exact: true }).fill("31");
  await expect(nights.getByLabel("Nuits", { exact: true })).toHaveValue("30");
  await nights.getByRole("button", { name: "Reprendre 90" }).click();
  await expect(number).toHaveValue("90");
  await keptAfterReload(page);
  await expect(number).toHaveValue("90");
});

test("a commune elsewhere is a code, which takes the place of one in Brussels", async ({ page }) => {
  const place = question(page, PLACE);
  await expect(place.getByRole("radio", { checked: true })).toHaveCount(1);
  await place.getByText("Ailleurs qu’à Bruxelles").click();
  const code = place.getByLabel("Code de la commune");
  await expect(code).toHaveValue("");
  await code.fill("fr:5935");
  await expect(place.getByText("Ce n’est pas un code de commune.")).toBeVisible();
  await code.fill("fr:59350");
  await expect(place.getByText("Ce n’est pas un code de commune.")).toHaveCount(0);
  await expect(place.getByRole("radio", { checked: true })).toHaveCount(0);
  await keptAfterReload(page);
  await expect(code).toHaveValue("fr:59350");

  await choose(page, PLACE, "Uccle");
  await expect(place.getByLabel("Uccle")).toBeChecked();
  await expect(code).toHaveValue("");
});

test("a choice that is full says so, changes nothing, and takes another once one is given back", async ({ page }) => {
  for (const [words, most] of [[EFFECTS, 6], [NEEDS, 5]] as const) {
    const asked = question(page, words);
    const option = asked.getByRole("checkbox");
    const full = asked.getByText(`${most} au plus. Retirez-en une pour en choisir une autre.`);
    for (let n = 0; n < most; n++) await tap(asked, n);
    await expect(chosen(asked)).toHaveCount(most);
    await expect(full).toHaveCount(0);
    await tap(asked, most);
    await expect(full).toBeVisible();
    await expect(option.nth(most)).not.toBeChecked();
    await expect(chosen(asked)).toHaveCount(most);
    await tap(asked, 0);
    await expect(full).toHaveCount(0);
    await tap(asked, most);
    await expect(option.nth(most)).toBeChecked();
    await expect(chosen(asked)).toHaveCount(most);
  }
  // The order of the taps is the order of the answer: what was given back and taken comes last.
  const ranks = question(page, NEEDS).locator(".chip.chosen .rank");
  await expect(ranks).toHaveText(["1", "2", "3", "4", "5"]);
  await keptAfterReload(page);
  await expect(ranks).toHaveText(["1", "2", "3", "4", "5"]);
  await expect(chosen(question(page, EFFECTS))).toHaveCount(6);
});

test("an answer that stands alone takes the others away, and is taken away by them", async ({ page }) => {
  for (const [words, alone] of [[EFFECTS, "Aucun effet visible"], [NEEDS, "Aucun besoin exprimé"]] as const) {
    const asked = question(page, words);
    await tap(asked, 0);
    await tap(asked, 1);
    await choose(page, words, alone);
    await expect(chosen(asked)).toHaveText([new RegExp(alone)]);
    await tap(asked, 2);
    await expect(asked.getByLabel(alone)).not.toBeChecked();
    await expect(asked.getByRole("checkbox").nth(2)).toBeChecked();
    await expect(chosen(asked)).toHaveCount(1);
    // It also makes room where the others were as many as may be.
    for (let n = 3; n < 9; n++) await tap(asked, n);
    await choose(page, words, alone);
    await expect(chosen(asked)).toHaveText([new RegExp(alone)]);
  }
});

test("on the scale nothing is said until a point is tapped, and can be unsaid", async ({ page }) => {
  const scale = question(page, "Effet sur le groupe");
  const unsaid = scale.getByLabel("Pas dit");
  await expect(unsaid).toBeChecked();
  await choose(page, "Effet sur le groupe", "Renforce un peu");
  await expect(scale.getByLabel("Renforce un peu")).toBeChecked();
  await expect(unsaid).not.toBeChecked();
  await choose(page, "Effet sur le groupe", "Pas dit");
  await expect(unsaid).toBeChecked();
  await expect(scale.getByLabel("Renforce un peu")).not.toBeChecked();
  await choose(page, "Effet sur le groupe", "Abîme beaucoup");
  await keptAfterReload(page);
  await expect(scale.getByLabel("Abîme beaucoup")).toBeChecked();
  await choose(page, "Effet sur le groupe", "Pas dit");
  await keptAfterReload(page);
  await expect(unsaid).toBeChecked();
});

function less(asked: Locator): Locator {
  return asked.getByRole("button", { name: "Un de moins" }).first();
}

function more(asked: Locator): Locator {
  return asked.getByRole("button", { name: "Un de plus" }).first();
}

/** Taps the option at this place of a question with several answers. */
async function tap(asked: Locator, at: number): Promise<void> {
  await asked.locator("label.chip").nth(at).click();
}

function chosen(asked: Locator): Locator {
  return asked.locator("label.chip", { has: asked.page().locator("input:checked") });
}

async function keptAfterReload(page: Page): Promise<void> {
  await saved(page);
  await page.reload();
}
