// Noting an alert, in the words on the screen.
import { expect, type Page } from "@playwright/test";
import { brussels } from "./clock.ts";
import { choose, question } from "./visit.ts";

/** An alert that is noted in full, so many days ahead. */
export async function noteAlert(page: Page, place: string, days: number): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Alerte", exact: true }).click();
  await choose(page, "Les personnes concernées veulent cette alerte", "Oui");
  await question(page, "Type d’alerte").locator("label").first().click();
  await choose(page, "Commune", place);
  await question(page, "Où en est-on ?").locator("label").first().click();
  await choose(page, "Date prévue", "Autre jour");
  await page.getByLabel("Choisir la date").fill(brussels(days));
  await question(page, "Ménages concernés").locator("label").first().click();
  await question(page, "Aide demandée").locator("label").first().click();
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByText("La coordination ne l’a pas encore prise en charge.")).toBeVisible();
}
