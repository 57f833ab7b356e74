// The browser is killed in the middle of a form: at most the last second of typing is lost.
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { expectKept, sentence, typeFor } from "./typing.ts";
import { correctField, saveCorrection } from "./correction.ts";
import { answerCollective, beginAtNewCollective, lineOf, note } from "./visit.ts";

/** Kills; `cargo xtask soak` asks for a hundred. */
const KILLS = Number(process.env.BROWSER_KILLS ?? 10);

test.setTimeout(120_000 + KILLS * 30_000);

test("killed while somebody types, a form loses the last second at most", async ({ page, server, guard }, info) => {
  await setUp(page, server.setupLink(), "Carnet des tempêtes");
  const link = await invite(page, "Volontaire", "Ada");
  const phone = new Phone(server.origin, info, guard);
  try {
    let open = await phone.open();
    await join(open, link);
    await open.goto("/");
    await beginAtNewCollective(open, "Les Lampions");
    await answerCollective(open);
    const address = open.url();
    let known = "";
    for (let round = 0; round < KILLS; round++) {
      const typed = await typeFor(open, 700 + Math.random() * 1_500);
      const killedAt = Date.now();
      await phone.kill();

      open = await phone.open();
      await open.goto(address);
      const kept = await sentence(open).inputValue();
      expectKept(kept, typed, killedAt, known, round);
      known = kept;
      await expect(open.getByLabel("Surnom du collectif")).toHaveValue("Les Lampions");
    }
  } finally {
    await phone.remove();
  }
});

test("what was typed behind a pencil is a draft after a kill; given up or saved, it is none", async ({ server, guard }, info) => {
  const phone = new Phone(server.origin, info, guard);
  let page = await phone.open();
  await setUp(page, server.setupLink(), "Carnet des tempêtes");
  await note(page, "Les Lampions", "Une soupe le jeudi");
  const openCollective = async () => {
    await page.goto("/collectives");
    await page.getByRole("link", { name: /Les (Lampions|Veilleuses|Bougies)/ }).click();
  };
  const alias = () => page.getByRole("textbox", { name: "Surnom du collectif" });
  const typeAndKill = async (text: string) => {
    await openCollective();
    await correctField(page, "Surnom du collectif");
    await alias().fill(text);
    await expect(page.getByRole("dialog").getByText("Enregistré sur ce téléphone")).toBeVisible();
    await phone.kill();
    page = await phone.open();
  };
  const drafts = () => page.getByText("Brouillon", { exact: true });

  await test.step("given up", async () => {
    await openCollective();
    await correctField(page, "Surnom du collectif");
    await alias().fill("Les Chandelles");
    await page.waitForTimeout(600);
    await page.getByRole("dialog").getByRole("button", { name: "Annuler" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.goto("/");
    await expect(lineOf(page, "Les Lampions")).toBeVisible();
    await expect(drafts()).toHaveCount(0);
  });

  await test.step("killed, it goes on behind the same pencil", async () => {
    await typeAndKill("Les Veilleuses");
    await openCollective();
    await correctField(page, "Surnom du collectif");
    await expect(alias()).toHaveValue("Les Veilleuses");
    await saveCorrection(page);
    await expect(page.getByRole("heading", { name: "Les Veilleuses" })).toBeVisible();
  });

  await test.step("killed, it goes on in the whole form, to which any other pencil leads", async () => {
    await typeAndKill("Les Bougies");
    await page.goto("/");
    await expect(lineOf(page, "Les Bougies")).toContainText("Brouillon");
    await openCollective();
    await correctField(page, "Type d’habitat");
    await expect(alias()).toHaveValue("Les Bougies");
    await page.getByRole("button", { name: "Terminer" }).click();
    await expect(page.getByRole("heading", { name: "Les Bougies" })).toBeVisible();
    await page.goto("/");
    await expect(lineOf(page, "Les Bougies")).toBeVisible();
    await expect(drafts()).toHaveCount(0);
  });

  await test.step("saved", async () => {
    await openCollective();
    await correctField(page, "Surnom du collectif");
    await alias().fill("Les Lampions");
    await page.waitForTimeout(600);
    await saveCorrection(page);
    await page.goto("/");
    await expect(lineOf(page, "Les Lampions")).toBeVisible();
    await expect(drafts()).toHaveCount(0);
  });
  await phone.remove();
});
