// A store that lost rows: the loss is told, what is left goes on, and what the server has comes back.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { campaign } from "./campaign.ts";
import { HISTORIES, lose, loseKey, spoil } from "./damage.ts";
import { expect, test } from "./fixtures.ts";
import { confirm, invite, join, joinAgain, pressSync, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { beginAtNewCollective, lineOf, note, saved } from "./visit.ts";

const NAMES = { campaign: "Carnet des roseaux", volunteer: "Iris" };
const LOSS = "Des notes manquent sur cet appareil";

test.setTimeout(300_000);

async function understood(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: LOSS })).toBeVisible();
  await page.getByRole("button", { name: "J’ai compris" }).click();
}

/** The coordination sees that this volunteer's phone lost what it kept, once. */
async function expectTold(page: Page, sentences: string[]): Promise<void> {
  await page.goto("/devices");
  const losses = page.locator("section", { has: page.getByRole("heading", { name: "Pertes signalées" }) });
  const told = losses.getByRole("listitem").filter({ hasText: NAMES.volunteer });
  await expect(told).toHaveCount(1);
  for (const sentence of sentences) await expect(told).toContainText(sentence);
}

test("with its records gone a phone goes on as a copy, and everything noted arrives once", async ({ page, server, guard }, info) => {
  const phone = new Phone(server.origin, info, guard);
  let volunteer = await campaign(page, server.setupLink(), phone, NAMES);
  await note(volunteer, "Les Roseaux", "Reçue avant la perte");
  await sync(volunteer);
  await expect(lineOf(volunteer, "Les Roseaux")).toContainText("Reçue");
  await server.kill();
  await note(volunteer, "Les Joncs", "Pas encore reçue");
  await phone.close();
  await server.start();
  await lose(phone, HISTORIES);

  volunteer = await phone.open();
  await volunteer.goto("/");
  await expect(volunteer.getByText("2 notes étaient enregistrées ici.")).toBeVisible();
  await expect(volunteer.getByText("1 note n’était pas encore reçue par le serveur.")).toBeVisible();
  await expectAccessible(volunteer);
  await takePictures(volunteer, "lost");
  await understood(volunteer);
  await expect(volunteer.getByText("Ce téléphone est une copie d’un autre.")).toBeVisible();
  await pressSync(volunteer);
  await expect(lineOf(volunteer, "Les Roseaux")).toContainText("Reçue");
  // Closed and opened it is no loss any more.
  await volunteer.reload();
  await expect(lineOf(volunteer, "Les Roseaux")).toBeVisible();

  await page.goto("/devices");
  await page.getByRole("button", { name: "Inviter un autre téléphone de Iris" }).click();
  await joinAgain(volunteer, (await page.getByLabel("Lien d’invitation").innerText()).trim());
  await expect(volunteer.getByRole("heading", { name: "C’est fait" })).toBeVisible();
  await confirm(page, NAMES.volunteer);
  await sync(volunteer);
  await expect(lineOf(volunteer, "Les Joncs")).toContainText("Reçue");
  await sync(page);
  await page.goto("/visits");
  for (const alias of ["Les Roseaux", "Les Joncs"]) await expect(lineOf(page, alias)).toHaveCount(1);
  await expect(page.locator("main").getByRole("listitem")).toHaveCount(2);
  await expectTold(page, ["2 notes y étaient.", "1 n’était pas reçue."]);
  await takePictures(page, "devices-losses");
  await phone.remove();
});

test("a row that does not open any more is a loss, and all others stay", async ({ page, server, guard }, info) => {
  const phone = new Phone(server.origin, info, guard);
  let volunteer = await campaign(page, server.setupLink(), phone, NAMES);
  for (const alias of ["Les Roseaux", "Les Joncs"]) await note(volunteer, alias, "Notée");
  await phone.close();
  await spoil(phone, HISTORIES);

  volunteer = await phone.open();
  await volunteer.goto("/");
  await understood(volunteer);
  await expect(volunteer.getByText("Ce téléphone est une copie d’un autre.")).toBeVisible();
  await pressSync(volunteer);
  for (const alias of ["Les Roseaux", "Les Joncs"]) await expect(lineOf(volunteer, alias)).toContainText("Reçue");
  await phone.remove();
});

test("with its key gone a phone is new again, and can join once more", async ({ page, server, guard }, info) => {
  const phone = new Phone(server.origin, info, guard);
  let volunteer = await campaign(page, server.setupLink(), phone, NAMES);
  await note(volunteer, "Les Roseaux", "Notée");
  await phone.close();
  await loseKey(phone);

  volunteer = await phone.open();
  await volunteer.goto("/");
  await understood(volunteer);
  await expect(volunteer.getByRole("heading", { name: "Bienvenue sur le perron" })).toBeVisible();
  await join(volunteer, await invite(page, "Volontaire", "Iris"));
  await note(volunteer, "Les Joncs", "Notée après");
  await phone.close();
  // Of what no key opens nothing is in the way of the new notebook.
  volunteer = await phone.open();
  await volunteer.goto("/");
  await expect(lineOf(volunteer, "Les Joncs")).toBeVisible();
  await confirm(page, NAMES.volunteer);
  await sync(volunteer);
  await sync(page);
  await expectTold(page, ["1 note y était."]);
  await phone.remove();
});

test("a store that the browser takes away under an open form is a loss at once", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet emporté");
  await note(page, "Les Roseaux", "Notée avant");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Joncs");
  await saved(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: server.origin, storageTypes: "all" });
  await page.getByLabel("Surnom du collectif").fill("Les Joncs d’en bas");
  await expect(page.getByRole("heading", { name: LOSS })).toBeVisible();
  await expect(page.getByText(/^[23] notes étaient enregistrées ici\.$/)).toBeVisible();
  await expect(page.getByText("Enregistré sur ce téléphone")).toHaveCount(0);
  await understood(page);
  await expect(page.getByRole("heading", { name: "Bienvenue sur le perron" })).toBeVisible();
});
