// Somebody who types a sentence in a form, and what of it must be found again when the form ends at once.
import { expect, type Locator, type Page } from "@playwright/test";

/** So much of the last typing may be lost. */
const LOST_AT_MOST_MS = 1_000;
const SENTENCE = "Le groupe cuisine ensemble le samedi, et les voisines apportent du pain et des histoires. ";

/** What stood in the field, and since when. */
export interface Typed {
  text: string;
  at: number;
}

/** The question whose answer is typed. */
export function sentence(page: Page): Locator {
  return page.getByRole("textbox", { name: "En une phrase" });
}

/** Types anew for so long, at the pace of a thumb: each state of the field with its time. */
export async function typeFor(page: Page, ms: number): Promise<Typed[]> {
  const field = sentence(page);
  await field.fill("");
  const typed: Typed[] = [{ text: "", at: 0 }];
  const until = Date.now() + ms;
  for (let n = 0; Date.now() < until; n++) {
    const letter = SENTENCE[n % SENTENCE.length] ?? " ";
    await field.pressSequentially(letter);
    typed.push({ text: (typed.at(-1)?.text ?? "") + letter, at: Date.now() });
    await page.waitForTimeout(40);
  }
  return typed;
}

/**
 * What is found again holds all that was typed a second before the end, and nothing that was not. `before` was
 * there when this typing began: it may be found again where nothing is owed yet.
 */
export function expectKept(kept: string, typed: Typed[], endedAt: number, before: string, round: number): void {
  const whole = typed.at(-1)?.text ?? "";
  const owed = typed.filter(({ at }) => at <= endedAt - LOST_AT_MOST_MS).at(-1)?.text ?? "";
  const untouched = kept === before && owed === "";
  expect(untouched || whole.startsWith(kept), `round ${round}: kept «${kept}» of «${whole}»`).toBe(true);
  expect(kept.length, `round ${round}: kept «${kept}», owed «${owed}»`).toBeGreaterThanOrEqual(owed.length);
}
