// One answer of a finished record, behind its pencil.
import { expect, type Page } from "@playwright/test";

/** Opens the question of a field. */
export async function correctField(page: Page, field: string): Promise<void> {
  await page.getByRole("button", { name: `Corriger : ${field}` }).click();
}

/** Saves what was chosen there. */
export async function saveCorrection(page: Page): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
