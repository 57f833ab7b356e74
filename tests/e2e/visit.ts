// Filling the visit's form, in the words on the screen.
import { expect, type Locator, type Page } from "@playwright/test";

/** A question of the form, by its words. */
export function question(page: Page, words: string): Locator {
  return page.getByRole("group", { name: words });
}

/** Taps an option of a question. The label is tapped, as a thumb does it. */
export async function choose(page: Page, words: string, option: string | RegExp): Promise<void> {
  await question(page, words).locator("label", { hasText: option }).first().click();
}

/** Begins a visit to a collective that nobody noted before: three taps and its alias. */
export async function beginAtNewCollective(page: Page, alias: string): Promise<void> {
  await page.getByRole("link", { name: "Nouvelle visite" }).first().click();
  await page.getByRole("button", { name: "Nouveau collectif" }).click();
  await page.getByLabel("Surnom du collectif").fill(alias);
  await choose(page, "Commune", "Saint-Gilles");
  await choose(page, "Type d’habitat", "Habitat groupé");
}

/** Waits until the form says that all of it is on the disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText("Enregistré sur ce téléphone")).toBeVisible();
}

/** When it was, and that the collective agrees: from there on everything is asked. */
export async function answerCollective(page: Page): Promise<void> {
  await choose(page, "Quand ?", "Hier");
  await choose(page, "Le collectif accepte que je note cette visite", "Oui, et en chiffres anonymes");
}

/** Answers the ten questions but for the collective. */
export async function answerTheRest(page: Page, summary: string): Promise<void> {
  await answerCollective(page);
  await choose(page, "Où en est l’accueil ?", "Accueille en ce moment");
  await question(page, "Nuitées des 30 derniers jours").getByRole("textbox").first().fill("42");
  await choose(page, "Nuitées des 30 derniers jours", "Estimé");
  await choose(page, "Quels effets ?", "Fatigue");
  await choose(page, "De quoi le collectif a-t-il besoin ?", "Assurance");
  await page.getByRole("textbox", { name: "En une phrase" }).fill(summary);
}

/** "Terminer", and the page of the finished visit. */
export async function finish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByRole("heading", { name: /^Visite du/ })).toBeVisible();
}

/** A whole visit to a collective that nobody noted before, from the home page to its own. */
export async function note(page: Page, alias: string, summary: string): Promise<void> {
  await page.goto("/");
  await beginAtNewCollective(page, alias);
  await answerTheRest(page, summary);
  await finish(page);
}

/** The line of a visit in a list, and what it says of its way. */
export function lineOf(page: Page, alias: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("link", { name: alias }) });
}
