// The guard for free text: it marks while somebody writes, explains, stands in nobody's way, and tells the
// reviewer.
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, finish, note, question } from "./visit.ts";

// The nasty case E9 of the domain.
const BETRAYING = "Vu M. Exemple au 12 rue des Essais, 0470 00 00 00, débouté, dossier SP 1234567.";

test("words that could betray somebody are marked and explained, saved all the same, and shown to who reviews", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Glycines");
  await answerTheRest(page, "Une soupe le jeudi");
  const asked = question(page, "En une phrase");
  await expect(asked.locator("mark")).toHaveCount(0);
  await server.kill();

  await asked.getByRole("textbox").fill(BETRAYING);
  await expect(asked.locator("mark[data-look=stop]")).toHaveText([
    "M. Exemple",
    "12 rue des Essais",
    "0470 00 00 00",
    "SP 1234567",
  ]);
  await expect(asked.locator("mark[data-look=warn]")).toHaveText(["débouté"]);
  const told = asked.getByRole("status");
  for (const words of ["numéro de téléphone", "numéro de dossier", "la commune, jamais la rue", "désigner une personne", "situation de séjour"]) {
    await expect(told).toContainText(words);
  }
  await expect(told).toContainText("Vous pouvez enregistrer");
  await expectAccessible(page);
  await takePictures(page, "guard");

  await asked.getByRole("textbox").fill("Une demandeuse d’asile a cuisiné.");
  await expect(asked.locator("mark")).toHaveText(["demandeuse d’asile"]);
  await expect(told).not.toContainText("Vous pouvez enregistrer");
  await asked.getByRole("textbox").fill(BETRAYING);
  await finish(page);
  await expect(page.getByText("À relire avant de valider")).toBeVisible();
  await expect(page.getByText("« 0470 00 00 00 »").or(page.getByText("0470 00 00 00")).first()).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "guard-review");
});

test("an alias that names somebody stands in the way of validating, and is shown to who reviews", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await note(page, "Chez M. Exemple", "Une soupe le jeudi");
  await page.getByRole("button", { name: "Ouvrir la relecture" }).click();
  await expect(page.getByText("« Surnom du collectif » : un passage peut désigner quelqu’un ou un lieu.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Valider" })).toHaveCount(0);
  await page.goto("/collectives");
  await page.getByRole("link", { name: "Chez M. Exemple" }).click();
  await expect(page.getByText("À relire avant de valider")).toBeVisible();
  await takePictures(page, "guard-collective");
});

test("the marks stand under the very words, however the lines break", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await page.setViewportSize({ width: 320, height: 640 });
  await beginAtNewCollective(page, "Les Glycines");
  await answerTheRest(page, `${"une longue phrase qui se plie ".repeat(6)}0470 00 00 00`);
  const asked = question(page, "En une phrase");
  const heights = await asked.locator(".writing").evaluate((writing) => {
    const box = writing.querySelector("textarea")!;
    return { scroll: box.scrollHeight, box: box.clientHeight, copy: writing.querySelector(".writing-marks")!.clientHeight };
  });
  expect(heights.scroll).toBeLessThanOrEqual(heights.box);
  expect(Math.abs(heights.copy - heights.box)).toBeLessThanOrEqual(2);
});
