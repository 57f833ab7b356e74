// Days and times, as the page has them.
import type { Page } from "@playwright/test";

/** From its next load on the page's clock goes so many milliseconds ahead of what it said before. */
export async function shiftClock(page: Page, milliseconds: number): Promise<void> {
  await page.addInitScript((offset) => {
    const Real = Date;
    class Shifted extends Real {
      constructor(...given: unknown[]) {
        if (given.length === 0) super(Real.now() + offset);
        else super(...(given as [number]));
      }
      static now = () => Real.now() + offset;
    }
    globalThis.Date = Shifted as DateConstructor;
  }, milliseconds);
}

/** The day so many days from today where the browser is, as `YYYY-MM-DD`. */
export function brussels(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels" }).format(day);
}
