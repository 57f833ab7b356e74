import type { Page } from "@playwright/test";

/**
 * Waits until the page's worker is active, which it becomes only once every file is stored, and serves this
 * page: earlier, a stopped server proves nothing.
 */
export async function readyOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) => {
      navigator.serviceWorker.addEventListener("controllerchange", done, { once: true });
    });
  });
}
