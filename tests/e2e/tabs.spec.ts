// Two tabs of one phone: one at a time holds the notebook, and nothing typed in the other is lost.
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./accessibility.ts";
import { confirm, invite, join, setUp } from "./people.ts";
import { crash, Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, finish, lineOf, note, saved } from "./visit.ts";

test.setTimeout(150_000);

const elsewhere = { name: "Perron est ouvert ailleurs" };

test("one tab at a time holds the notebook, and goes on where the other was", async ({ page, server, context }) => {
  await setUp(page, server.setupLink(), "Carnet à deux onglets");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Jumelles");
  await answerTheRest(page, "Commencé dans le premier onglet");
  await saved(page);

  const other = await context.newPage();
  await other.goto("/");
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
  await expect(lineOf(page, "Les Jumelles")).toHaveCount(1);
});

for (const arrives of [false, true]) {
  const moment = arrives ? "before it hears that the server has it" : "before the server has it";
  test(`a tab that is killed while it sends, ${moment}, loses and doubles nothing`, async (
    { page, server, guard },
    info,
  ) => {
    await setUp(page, server.setupLink(), "Carnet à deux onglets");
    const link = await invite(page, "Volontaire", "Castor");
    const phone = new Phone(server.origin, info, guard);
    try {
      const first = await phone.open();
      await join(first, link);
      // Nobody else sends anything meanwhile.
      await page.goto("about:blank");
      const before = server.entries();
      const sent = new Promise<void>((done) => {
        first.route("**/api/v1/push", async (route) => {
          if (arrives) await route.fetch();
          done();
        });
      });
      await note(first, "Les Jumeaux", "Envoyé par un onglet qui meurt");
      await sent;
      expect(server.entries()).toBe(before + (arrives ? 1 : 0));
      const other = await phone.page();
      await other.goto("/");
      await expect(other.getByRole("heading", elsewhere)).toBeVisible();
      await crash(first);

      await expect(other.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 30_000 });
      await expect(lineOf(other, "Les Jumeaux")).toHaveCount(1);
      expect(server.entries()).toBe(before + 1);
    } finally {
      await phone.remove();
    }
    await page.goto("/");
    await confirm(page, "Castor");
    await page.goto("/visits");
    await expect(lineOf(page, "Les Jumeaux")).toHaveCount(1, { timeout: 30_000 });
  });
}
