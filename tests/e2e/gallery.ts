// Every page in every language, for eyes: pictures in both sizes and both schemes.
import { expect, type Page } from "@playwright/test";
import { OPENING, takePictures } from "./pictures.ts";

const LANGUAGES = ["fr", "nl", "en"];

/** Pictures of these pages; `paths` are names and addresses. */
export async function gallery(page: Page, origin: string, paths: Record<string, string>): Promise<void> {
  for (const language of LANGUAGES) {
    await page.locator("select.language").selectOption(language);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(origin + path);
      await expect(page.locator("main h1", { hasNotText: OPENING })).toBeVisible();
      await expectNoFrench(page, language);
      await takePictures(page, `${name}-${language}`);
    }
  }
  await page.locator("select.language").selectOption("fr");
}

/** Words of the interface that only French has: what people wrote may be in any language. */
async function expectNoFrench(page: Page, language: string): Promise<void> {
  if (language === "fr") return;
  const chrome = page.locator("nav, h1, h2, button, label, legend");
  const french = /\b(visite|réglages|accueil|terminer|synchroniser|enregistr\w+|aucune?|choisir)\b/i;
  const words = (await chrome.allInnerTexts()).filter((text) => french.test(text));
  expect(words, `${language}: ${page.url()}`).toEqual([]);
}
