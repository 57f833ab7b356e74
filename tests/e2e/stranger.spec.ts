// Another database answers at the server's address: an empty one after a move, or an older copy. What it does not
// know is told with what to do; it takes nothing off the phone, and is no receipt.
import type { Page } from "@playwright/test";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { campaign } from "./campaign.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { confirm, invite, join, pressSync, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import type { Server } from "./server.ts";
import { lineOf, note } from "./visit.ts";

const ALIAS = "Les Tilleuls";

test.setTimeout(240_000);

test("a server that does not hold the notebook is told, and the right one gets everything", async (
  { page, server, guard },
  info,
) => {
  const phone = new Phone(server.origin, info, guard);
  const names = { campaign: "Carnet déménagé", volunteer: "Noé" };
  const volunteer = await campaign(page, server.setupLink(), phone, names);
  await server.stop();
  await note(volunteer, ALIAS, "Noté avant le déménagement");
  await volunteer.goto("/");
  const right = server.data;
  const empty = mkdtempSync(path(tmpdir(), "perron-empty-"));
  await server.serveFrom(empty);
  await pressSync(volunteer);
  await expectUnreceived(volunteer, server, "Ce serveur ne connaît pas votre carnet.");
  await expectDelivered(volunteer, server, right);
  await phone.remove();
  rmSync(empty, { recursive: true });
});

test("a server that does not know the phone is told, and the right one gets everything", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet rétabli");
  const link = await invite(page, "Volontaire", "Noé");
  await server.stop();
  const older = mkdtempSync(path(tmpdir(), "perron-older-"));
  cpSync(server.data, older, { recursive: true });
  await server.start();
  const phone = new Phone(server.origin, info, guard);
  const volunteer = await phone.open();
  await join(volunteer, link);
  await expect(volunteer.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
  await confirm(page, "Noé");
  await sync(volunteer);
  await readyOffline(volunteer);
  // The coordination's page would mend the older copy.
  await page.close();
  await server.stop();
  await note(volunteer, ALIAS, "Noté avant le retour en arrière");
  await volunteer.goto("/");
  const right = server.data;
  await server.serveFrom(older);
  // It tries by itself. With the next try it asks to be taken in again, and another sentence follows.
  await expectUnreceived(volunteer, server, "Le serveur ne connaît pas ce téléphone.");
  await expectDelivered(volunteer, server, right);
  await phone.remove();
  rmSync(older, { recursive: true });
});

/** The trouble is told, now and in the history, and the visit is where it was. Then the server is stopped. */
async function expectUnreceived(page: Page, server: Server, trouble: string): Promise<void> {
  await expect(page.locator(".sync").getByText(trouble)).toBeVisible({ timeout: 30_000 });
  await server.stop();
  await expect(page.getByText("1 visite n’est pas encore reçue.")).toBeVisible();
  await expect(page.getByText("Tout ce que vous avez terminé est reçu.")).toHaveCount(0);
  await expect(lineOf(page, ALIAS)).toContainText("Sur ce téléphone");
  await page.getByRole("link", { name: "Historique" }).click();
  const told = page.locator(".sync-record").filter({ hasText: trouble });
  await expect(told).toHaveCount(1);
  await expect(told).not.toContainText("Réussie");
  await page.goto("/");
}

/** From its own database the server gets the visit, once. */
async function expectDelivered(page: Page, server: Server, data: string): Promise<void> {
  await server.serveFrom(data);
  await expect(page.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 40_000 });
  await expect(lineOf(page, ALIAS)).toContainText("Reçue");
}
