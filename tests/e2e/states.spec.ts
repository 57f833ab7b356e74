// A record says how far it has come in two words; a tap says what they mean, where one stands.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { pressSync, setUp } from "./people.ts";
import { beginAtNewCollective, lineOf, note, saved } from "./visit.ts";

const ALIAS = "Les Sureaux";
const PUSH = "**/api/v1/push";

test.setTimeout(150_000);

test("half-filled, here, on its way, received: each state of a visit explains itself behind a tap", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await readyOffline(page);
  await server.stop();
  await note(page, ALIAS, "Une soupe le jeudi");
  await expectExplained(page, "Sur ce téléphone", "Terminée et enregistrée ici, nulle part ailleurs.");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Glycines");
  await saved(page);
  await page.goto("/");
  await expectExplained(lineOf(page, "Les Glycines"), "Brouillon", "Elle reste sur ce téléphone et ne part pas.");
  await expectExplained(lineOf(page, ALIAS), "Sur ce téléphone", "Elle partira à la prochaine synchronisation.");

  await test.step("sent, and the answer is lost", async () => {
    await page.route(PUSH, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await server.start();
    await pressSync(page);
    await expectExplained(lineOf(page, ALIAS), "En route", "Envoyée, mais le serveur n’a pas encore confirmé.");
  });

  await test.step("received", async () => {
    await page.unroute(PUSH);
    await pressSync(page);
    await expectExplained(lineOf(page, ALIAS), "Reçue", "Le serveur a confirmé l’arrivée de ces données exactes.");
  });
});

/** The explanation is there after a tap and gone after another, and the tap leads nowhere. */
async function expectExplained(at: Pick<Page, "getByRole" | "getByText">, state: string, why: string): Promise<void> {
  const badge = at.getByRole("button", { name: state, exact: true });
  await expect(badge).toBeVisible();
  await expect(badge).toHaveAttribute("aria-expanded", "false");
  await expect(at.getByText(why)).toHaveCount(0);
  await badge.click();
  await expect(at.getByText(why)).toBeVisible();
  await expect(badge).toHaveAttribute("aria-expanded", "true");
  await badge.click();
  await expect(at.getByText(why)).toHaveCount(0);
}
