// Files that a person carries: out by the download button, in by a file field.
import type { Page } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "./fixtures.ts";

/** A folder of its own for one file: so a hunt for words reads that file and nothing else. */
function folder(): string {
  return mkdtempSync(join(tmpdir(), "perron-carried-"));
}

/** Presses "Télécharger" and keeps the file; its path. */
async function download(page: Page): Promise<string> {
  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name: "Télécharger" }).click();
  const file = await begun;
  expect(file.suggestedFilename()).toMatch(/^perron-(visites|copie)-\d{4}-\d\d-\d\d\.perron$/);
  const path = join(folder(), file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** Makes a file of everything that is not received; its path. */
export async function handOver(page: Page): Promise<string> {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Préparer le fichier" }).click();
  await expect(page.getByText("Prêt : perron-visites-")).toBeVisible();
  return download(page);
}

/** Picks a file on the page of phones. */
export async function takeIn(page: Page, file: string): Promise<void> {
  await page.goto("/devices");
  await page.getByLabel("Fichier remis").setInputFiles(file);
}

/** Makes a backup; its path and its code. */
export async function backUp(page: Page): Promise<{ file: string; code: string }> {
  await page.goto("/settings");
  return saveCopy(page);
}

/** Makes a copy on the page that is open; its path and its code. */
export async function saveCopy(page: Page): Promise<{ file: string; code: string }> {
  await page.getByRole("button", { name: "Faire une copie" }).click();
  const code = (await page.getByLabel("Code de la copie").innerText()).replace(/\s+/g, " ").trim();
  expect(code.replace(/ /g, "")).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  return { file: await download(page), code };
}

/** Fills the form of the welcome page in and sends it. */
export async function restore(page: Page, file: string, code: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Fichier de la copie").setInputFiles(file);
  await page.getByLabel("Code de la copie").fill(code);
  await page.getByRole("button", { name: "Rétablir" }).click();
}
