import { expect, type Page, test } from "@playwright/test";

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];
const SCHEMES = ["light", "dark"] as const;

/** How the heading of a page ends whose own content is still to come. */
export const OPENING = /…$/;

/** Pictures of the page once nothing on it still opens: phone and desktop, light and dark, whole length. */
export async function takePictures(page: Page, name: string): Promise<void> {
  await expect(page.locator("h1", { hasText: OPENING }).or(page.locator(".loading"))).toHaveCount(0);
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const file = `${name}-${size.width}x${size.height}-${colorScheme}.png`;
      await page.screenshot({ path: `artefacts/pictures/${file}`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  test.info().annotations.push({ type: "pictures", description: name });
}
