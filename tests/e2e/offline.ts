import { expect, type Page } from "@playwright/test";

/**
 * Waits until the app itself says that it starts without a network, and its worker serves this page:
 * earlier, a stopped server proves nothing.
 */
export async function readyOffline(page: Page): Promise<void> {
  await expect(page.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) => {
      navigator.serviceWorker.addEventListener("controllerchange", done, { once: true });
    });
  });
}
