// The main job, end to end: set up, invite, join, record without a network, sync later, read it merged,
// correct, and settle what two people noted differently.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { filesBelow, placesOf } from "./hunt.ts";
import { readyOffline } from "./offline.ts";
import { confirm, invite, join, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, saved } from "./visit.ts";

const ALIAS = "Les Réverbères";
const SUMMARY = "La chambre du fond a retrouvé des rideaux jaunes";
const CAMPAIGN = "Carnet des marronniers";
// Words that stand in what was written; none may be read on any disk.
const WORDS = ["Réverbères", "rideaux jaunes", "marronniers", "Philomène"];

test.setTimeout(480_000);

test("a visit noted without a network is read merged, corrected and settled", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  await setUp(coordinator, server.setupLink(), CAMPAIGN);
  await takePictures(coordinator, "setup-done");
  const link = await invite(coordinator, "Volontaire", "Philomène");
  await expectAccessible(coordinator);
  await takePictures(coordinator, "invite");

  const phone = new Phone(server.origin, info, guard);
  let volunteer = await phone.open();
  await join(volunteer, link);
  await expect(volunteer.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
  await readyOffline(volunteer);
  await expectAccessible(volunteer);
  await takePictures(volunteer, "join");

  await test.step("without a network: from cold, a visit half-filled, found again, finished", async () => {
    await server.kill();
    await volunteer.close();
    volunteer = await phone.page();
    await volunteer.goto("/");
    await beginAtNewCollective(volunteer, ALIAS);
    await saved(volunteer);
    await takePictures(volunteer, "visit-begun");
    await volunteer.close();

    volunteer = await phone.page();
    await volunteer.goto("/");
    await expect(volunteer.getByRole("heading", { name: "À finir" })).toBeVisible();
    await volunteer.getByRole("link", { name: ALIAS }).click();
    await expect(volunteer.getByLabel("Surnom du collectif")).toHaveValue(ALIAS);
    await answerTheRest(volunteer, SUMMARY);
    await saved(volunteer);
    await expectAccessible(volunteer);
    await takePictures(volunteer, "visit-full");
    await finish(volunteer);
    await expect(volunteer.getByText("Sur ce téléphone").first()).toBeVisible();
    await takePictures(volunteer, "visit-finished");
    await volunteer.goto("/");
    await expect(volunteer.getByText("1 visite n’est pas encore reçue.")).toBeVisible();
    await expectAccessible(volunteer);
    await takePictures(volunteer, "home-volunteer");
  });

  await test.step("the server is back: the visit leaves by itself and is received", async () => {
    await server.start();
    await expect(volunteer.getByText("Reçue").first()).toBeVisible({ timeout: 40_000 });
    await expect(volunteer.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible();
    await takePictures(volunteer, "home-received");
  });

  await test.step("the coordinator confirms the phone and reads the visit, offline too", async () => {
    await sync(coordinator);
    await coordinator.goto("/collectives");
    await expect(coordinator.getByText("Aucun collectif ici")).toBeVisible();
    await confirm(coordinator, "Philomène");
    await takePictures(coordinator, "devices");
    await readyAtHome(coordinator);
    await server.kill();
    await coordinator.goto("/collectives");
    await expectAccessible(coordinator);
    await takePictures(coordinator, "collectives");
    await coordinator.getByRole("link", { name: ALIAS }).click();
    await expect(coordinator.getByRole("heading", { name: ALIAS, level: 1 })).toBeVisible();
    await expectAccessible(coordinator);
    await takePictures(coordinator, "collective");
    await expect(coordinator.getByText("Accueille en ce moment · Philomène")).toBeVisible();
    await coordinator.getByRole("link", { name: ALIAS }).click();
    await expect(coordinator.getByText(SUMMARY)).toBeVisible();
  });

  await test.step("both correct the same field apart; both values are shown; the pick settles it", async () => {
    await coordinator.getByRole("button", { name: "Corriger : Où en est l’accueil ?" }).click();
    await choose(coordinator, "Où en est l’accueil ?", "En pause");
    await coordinator.getByRole("button", { name: "Enregistrer" }).click();
    await expect(coordinator.getByRole("dialog")).toHaveCount(0);

    await volunteer.getByRole("link", { name: ALIAS }).click();
    await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
    await choose(volunteer, "Où en est l’accueil ?", "Accueille par moments");
    await finish(volunteer);

    await server.start();
    await sync(volunteer);
    await sync(coordinator);
    await sync(volunteer);
    await coordinator.goto("/visits");
    await expect(coordinator.getByText("1 point à trancher")).toBeVisible();
    await coordinator.getByRole("link", { name: ALIAS }).click();
    await expect(coordinator.getByRole("heading", { name: "À trancher" })).toBeVisible();
    await expectAccessible(coordinator);
    await takePictures(coordinator, "conflict");
    await coordinator.getByRole("button", { name: "Garder « Accueille par moments »" }).click();
    await expect(coordinator.getByRole("heading", { name: "À trancher" })).toHaveCount(0);
    await sync(coordinator);
    await sync(volunteer);
    await volunteer.getByRole("link", { name: ALIAS }).click();
    await expect(volunteer.getByText("Accueille par moments")).toBeVisible();
    await expect(volunteer.getByRole("heading", { name: "À trancher" })).toHaveCount(0);
  });

  await test.step("no disk holds a readable word", async () => {
    // Its heading is the alias; what the browser's history keeps of it is not.
    await volunteer.goto("/collectives");
    await volunteer.getByRole("link", { name: ALIAS }).click();
    await expect(volunteer.getByRole("heading", { name: ALIAS, level: 1 })).toBeVisible();
    await expect(volunteer).toHaveTitle("Collectif · Perron");
    await volunteer.goto("/settings");
    await expectAccessible(volunteer);
    await takePictures(volunteer, "settings");
    await phone.close();
    await server.stop();
    expect(filesBelow(phone.profile).length, "files of the profile").toBeGreaterThan(20);
    expect(filesBelow(server.data).length, "files of the server").toBeGreaterThan(0);
    expect(placesOf(WORDS, phone.profile), "the phone's profile").toEqual([]);
    expect(placesOf(WORDS, server.data), "the server's data").toEqual([]);
    for (const word of WORDS) expect(server.log).not.toContain(word);
    await phone.remove();
  });
});

async function readyAtHome(page: Page): Promise<void> {
  await page.goto("/settings");
  await readyOffline(page);
}
