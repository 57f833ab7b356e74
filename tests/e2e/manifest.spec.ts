// On a home screen and in the list of apps Perron tells nobody what it is for.
import { expect, test } from "./fixtures.ts";

/** Words that would tell: of hosting, of migration, of asking and visiting. */
const TELLING =
  /accueil|h[ée]berg|loge|migr|exil|r[ée]fug|asile|sans.papiers|opvang|gast|vlucht|host|shelter|asylum|visit/i;

interface Icon {
  src: string;
  sizes: string;
  type: string;
  purpose: string;
}

interface Manifest {
  name: string;
  short_name: string;
  icons: Icon[];
}

test("name and title are neutral, and every icon has the size that is declared", async ({ page }) => {
  await page.goto("/");
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const reply = await page.request.get(address ?? "");
  expect(reply.ok()).toBe(true);
  expect(reply.headers()["content-type"]).toContain("application/manifest+json");
  const text = await reply.text();
  expect(text).not.toMatch(TELLING);
  const manifest = JSON.parse(text) as Manifest;
  expect([manifest.name, manifest.short_name]).toEqual(["Perron", "Perron"]);
  expect(await page.title()).not.toMatch(TELLING);

  const sizes = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
  for (const wanted of ["192x192 any", "512x512 any", "512x512 maskable"]) expect(sizes).toContain(wanted);
  for (const icon of manifest.icons) {
    expect((await page.request.get(icon.src)).headers()["content-type"], icon.src).toBe(icon.type);
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, icon.src);
    if (icon.sizes !== "any") expect(size, icon.src).toBe(icon.sizes);
  }

  // The browser itself finds nothing wrong with it.
  const session = await page.context().newCDPSession(page);
  expect((await session.send("Page.getAppManifest")).errors).toEqual([]);
});
