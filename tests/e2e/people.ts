// What the people of the stories do, in the words that they see.
import { expect, type Page } from "@playwright/test";

/** The founder sets the campaign up and proves the recovery code. */
export async function setUp(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Nom du carnet").fill(name);
  await page.getByRole("button", { name: "Créer le carnet" }).click();
  await expect(page.getByRole("heading", { name: "Le code de secours" })).toBeVisible();
  const code = await page.getByLabel("Code de secours").innerText();
  await page.getByRole("button", { name: "Je l’ai sur papier" }).click();
  await page.getByRole("textbox").fill(code.replace(/\s+/g, " ").toLowerCase());
  await page.getByRole("button", { name: "Vérifier" }).click();
  await expect(page.getByRole("heading", { name: "Le carnet est en place" })).toBeVisible();
}

/** A coordinator makes an invitation and hands its link over. */
export async function invite(page: Page, role: "Volontaire" | "Coordination", name: string): Promise<string> {
  await page.goto("/invite");
  await page.getByRole("radio", { name: role }).check({ force: true });
  await page.getByLabel("Nom dans vos listes").fill(name);
  await page.getByRole("button", { name: "Faire l’invitation" }).click();
  await expect(page.getByRole("heading", { name: `Invitation pour ${name}` })).toBeVisible();
  return (await page.getByLabel("Lien d’invitation").innerText()).trim();
}

/** A guest opens the link and joins. */
export async function join(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Rejoindre" }).click();
  await expect(page.getByRole("heading", { name: "C’est fait" })).toBeVisible();
}

/** A phone that is a copy takes an invitation for a further phone of its member. */
export async function joinAgain(page: Page, link: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Lien d’invitation").fill(link);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("button", { name: "Rejoindre" }).click();
}

/** A coordinator confirms a phone that waits. */
export async function confirm(page: Page, name: string): Promise<void> {
  await sync(page);
  await page.goto("/devices");
  await page.getByRole("button", { name: `Confirmer ${name}` }).click();
  await expect(page.getByRole("button", { name: `Confirmer ${name}` })).toHaveCount(0);
}

/** Syncs by the button and waits for its end. */
export async function sync(page: Page): Promise<void> {
  await page.goto("/");
  await pressSync(page);
}

/** Presses the button on the page that is open, and waits for the end of the sync. */
export async function pressSync(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Synchroniser" });
  await button.click();
  await expect(button).toBeEnabled();
}
