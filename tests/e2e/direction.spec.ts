// Words that run the other way are read in their own direction, and turn nothing around them.
import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question } from "./visit.ts";

// With words of the other direction and digits inside, and a full stop at its end.
const QUOTE = "البيت صار أكبر منذ فتحنا الباب. السبت القادم نطبخ « Merci » مع 12 جارة.";

test("an Arabic quote is read from right to left, by itself, on a page that runs from left to right", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Sureaux");
  await answerTheRest(page, "Une soupe le jeudi");
  await page.locator("summary", { hasText: "Une phrase entendue" }).click();
  const written = question(page, "Une phrase entendue").getByRole("textbox");
  await written.fill(QUOTE);
  expect(await directionOf(written)).toBe("rtl");
  await choose(page, "Langue de la phrase", "Arabe");
  await choose(page, "La phrase peut être publiée sans nom", "Oui");
  await finish(page);

  const quote = page.locator("bdi", { hasText: QUOTE });
  await expect(quote).toHaveCount(1);
  // Nothing that the app adds stands inside what was said.
  expect(await quote.evaluate((element) => element.textContent)).toBe(QUOTE);
  // The quotation marks are the page's: outside, and of its language.
  const marks = await page.locator(".said", { has: quote }).evaluate((said) =>
    ["::before", "::after"].map((mark) => getComputedStyle(said, mark).content),
  );
  expect(marks).toEqual(["open-quote", "close-quote"]);
  expect(await directionOf(quote)).toBe("rtl");
  expect(await quote.evaluate((element) => getComputedStyle(element).unicodeBidi)).toMatch(/isolate|plaintext/);
  const around = await quote.evaluate((element) => {
    const directions = [];
    for (let at = element.parentElement; at; at = at.parentElement) directions.push(getComputedStyle(at).direction);
    return directions;
  });
  expect([...new Set(around)]).toEqual(["ltr"]);
  await expect(page.locator("bdi", { hasText: "Une soupe le jeudi" })).toHaveCSS("direction", "ltr");
});

function directionOf(element: Locator): Promise<string> {
  return element.evaluate((element) => getComputedStyle(element).direction);
}
