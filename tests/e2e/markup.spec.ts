// What a person types is words, wherever it is shown: it never becomes part of the page.
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { lineOf, note } from "./visit.ts";

const ALIAS = "<b>Cour</b><img src=x>";

test("an alias that looks like markup is shown as it was typed and makes no element", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await note(page, ALIAS, "<i>Une soupe</i> & <script>alert(1)</script>");
  await expect(page.locator("bdi", { hasText: "Une soupe" })).toHaveText("<i>Une soupe</i> & <script>alert(1)</script>");
  await page.getByRole("link", { name: ALIAS, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ALIAS);
  await expectOnlyWords();
  await page.goto("/");
  await expect(lineOf(page, ALIAS).getByRole("link")).toHaveText(ALIAS);
  await expectOnlyWords();
  await page.getByRole("link", { name: "Nouvelle visite" }).first().click();
  await page.getByRole("button", { name: ALIAS }).click();
  await expect(page.locator(".picked-name")).toHaveText(ALIAS);
  await expectOnlyWords();

  async function expectOnlyWords(): Promise<void> {
    await expect(page.locator("b, i, img[src='x'], main script")).toHaveCount(0);
  }
});
