// Where an answer ends: at a length that people count, and today. Beyond it the visit is not finished, and why is said.
import type { Page } from "@playwright/test";
import { brussels } from "./clock.ts";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question } from "./visit.ts";

// Each is seen as one: seven code points, seven, four, and a letter.
const SEEN = ["👩🏽‍🤝‍👩🏿", "👨‍👩‍👧‍👦", "❤️‍🔥", "é"];

const today = new Intl.DateTimeFormat("fr-BE", {
  weekday: "short",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "Europe/Brussels",
});

test("a sentence of 280 characters as they are seen is taken, one more is refused", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await answered(page);
  const sentence = question(page, "En une phrase");
  const longest = Array.from({ length: 280 }, (_, n) => SEEN[n % SEEN.length]).join("");
  await sentence.getByRole("textbox").fill(`${longest}👨‍👩‍👧‍👦`);
  await expect(sentence.getByText("281 / 280")).toBeVisible();
  await expectNotFinished(page, "En une phrase", "Trop long : 281 caractères, 280 au plus.");
  await sentence.getByRole("textbox").fill(longest);
  await expect(sentence.getByText("280 / 280")).toBeVisible();
  await expect(sentence.getByText("Trop long")).toHaveCount(0);
  await finish(page);
  const read = page.locator("bdi", { hasText: longest });
  expect(await read.evaluate((element) => element.textContent)).toBe(longest);
});

test("a visit of tomorrow is refused, one of today is taken", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await answered(page);
  await choose(page, "Quand ?", "Autre jour");
  await page.getByLabel("Choisir la date").fill(brussels(1));
  await expectNotFinished(page, "Quand ?", `Pas après le ${today.format(new Date())}.`);
  await page.getByLabel("Choisir la date").fill(brussels(0));
  await expect(question(page, "Quand ?").getByText("Pas après le")).toHaveCount(0);
  await finish(page);
});

async function answered(page: Page): Promise<void> {
  await page.goto("/");
  await beginAtNewCollective(page, "Les Sureaux");
  await answerTheRest(page, "Une soupe le jeudi");
}

/** "Terminer" leaves the form open, and says at the question what is wrong. */
async function expectNotFinished(page: Page, words: string, problem: string): Promise<void> {
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(question(page, words).getByText(problem)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nouvelle visite" })).toBeVisible();
}
