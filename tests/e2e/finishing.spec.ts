// "Terminer" on a form that is not complete: what is missing is named, leads to its question, and nothing is finished.
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question } from "./visit.ts";

const CONSENT = "Le collectif accepte que je note cette visite";

/** The ten questions, in their order. */
const QUESTIONS = [
  "initiative_id",
  "visited_on",
  "consent_record",
  "hosting_status",
  "person_nights_30d",
  "effect_group",
  "effect_neighbourhood",
  "effects",
  "needs",
  "summary",
];

test.setTimeout(90_000);

test("what a visit lacks is named and leads to its question; a number says how it is known", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Sureaux");
  await page.getByRole("button", { name: "Terminer" }).click();
  const missing = page.getByRole("alert").filter({ hasText: "avant de terminer" });
  await expect(missing.getByRole("listitem")).not.toHaveCount(0);
  await expect(page.getByRole("heading", { name: /^Visite du/ })).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, "visit-missing");
  await missing.getByRole("button", { name: CONSENT }).click();
  await expect(question(page, CONSENT)).toBeFocused();

  await answerTheRest(page, "Une soupe le jeudi");
  const fields = page.locator("fieldset.question");
  const asked = await fields.evaluateAll((all) => all.map((field) => field.getAttribute("data-field") ?? ""));
  expect(asked.filter((key) => QUESTIONS.includes(key))).toEqual(QUESTIONS);
  await choose(page, "Nuitées des 30 derniers jours", "On ne sait pas");
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByText("Il y a un nombre : dites s’il est compté ou estimé.")).toBeVisible();
  await expect(missing).toContainText("Encore une chose avant de terminer");
  await choose(page, "Nuitées des 30 derniers jours", "Compté");
  await expect(missing).toHaveCount(0);
  await finish(page);
  await expect(page.getByText("Une soupe le jeudi")).toBeVisible();
});
