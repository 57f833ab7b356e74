// Two tabs of one phone: one at a time holds the notebook, and nothing typed in the other is lost.
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./accessibility.ts";
import { setUp } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, finish, saved } from "./visit.ts";

test.setTimeout(120_000);

test("one tab at a time holds the notebook, and goes on where the other was", async ({ page, server, context }) => {
  await setUp(page, server.setupLink(), "Carnet à deux onglets");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Jumelles");
  await answerTheRest(page, "Commencé dans le premier onglet");
  await saved(page);

  const other = await context.newPage();
  await other.goto("/");
  const elsewhere = { name: "Perron est ouvert ailleurs" };
  await expect(other.getByRole("heading", elsewhere)).toBeVisible();
  await expect(other.getByText("Les Jumelles")).toHaveCount(0);
  await takePictures(other, "other-tab");
  await expectAccessible(other);

  await other.getByRole("button", { name: "Continuer ici" }).click();
  await other.getByRole("link", { name: "Les Jumelles" }).click();
  await expect(other.getByRole("textbox", { name: "En une phrase" })).toHaveValue("Commencé dans le premier onglet");
  await expect(page.getByRole("heading", elsewhere)).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await finish(other);

  await page.getByRole("button", { name: "Continuer ici" }).click();
  await page.getByRole("link", { name: /^Fermer/ }).click();
  await expect(other.getByRole("heading", elsewhere)).toBeVisible();
  await expect(page.locator("main .rows > .row", { hasText: "Les Jumelles" })).toHaveCount(1);
});
