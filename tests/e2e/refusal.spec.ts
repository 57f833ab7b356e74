// A collective that says no: the date and the refusal leave the phone, and nothing else of what was typed.
import type { Page } from "@playwright/test";
import { campaignOfTwo } from "./campaign.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { sync } from "./people.ts";
import { takePictures } from "./pictures.ts";
import type { Server } from "./server.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, note, question, saved } from "./visit.ts";

const CONSENT = "Le collectif accepte que je note cette visite";
const ALIAS = "Les Sureaux";
const SUMMARY = "Une soupe et quatre matelas";
const FOUND = "Une charte relue chaque rentrée";
/** What was typed and chosen before the collective said no. */
const TYPED = [ALIAS, SUMMARY, FOUND, "Saint-Gilles", "Habitat groupé", "Accueille en ce moment", "Fatigue", "Assurance"];

test.setTimeout(240_000);

test("of a visit that the collective refuses, only the date and the refusal reach the coordination", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const { phone, volunteer } = await campaignOfTwo(page, server, guard, info);

  await test.step("the collective says no when everything was typed already", async () => {
    await volunteer.goto("/");
    await beginAtNewCollective(volunteer, ALIAS);
    await answerTheRest(volunteer, SUMMARY);
    await saved(volunteer);
    await choose(volunteer, CONSENT, /^Non$/);
    await expect(volunteer.getByText("Le collectif dit non : seule la date et ce refus seront gardés.")).toBeVisible();
    await finish(volunteer);
    await sync(volunteer);
    await expect(volunteer.getByRole("link", { name: "Refus d’être noté" })).toBeVisible();
    await expect(volunteer.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible();
    await expect(volunteer.getByRole("heading", { name: "À finir" })).toHaveCount(0);
  });

  await test.step("the coordination reads when, and that it was refused", async () => {
    await sync(coordinator);
    await coordinator.goto("/visits");
    await coordinator.getByRole("link", { name: "Refus d’être noté" }).click();
    await expect(coordinator.locator("dt")).toHaveText(["Date de la visite", CONSENT]);
    await expect(coordinator.locator("dd").last()).toHaveText("Non");
    await expect(coordinator.getByRole("link", { name: "Carte à imprimer" })).toHaveCount(0);
  });

  await test.step("no collective came of it, and no word of what was typed", async () => {
    await expectNoWord(coordinator);
    await volunteer.goto("/collectives");
    await expect(volunteer.getByText("Aucun collectif ici.")).toBeVisible();
  });
  await phone.remove();
});

test("a collective that takes its yes back before the visit has left: nothing else of it ever leaves", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const { phone, volunteer } = await campaignOfTwo(page, server, guard, info);
  await noteWithoutNetwork(volunteer, server);
  await volunteer.getByRole("button", { name: "Ajouter : Constat pour les Assises" }).click();
  await question(volunteer, "Question des Assises").locator("label").first().click();
  await choose(volunteer, "C’est…", "Bonne pratique");
  await volunteer.getByRole("textbox", { name: "Constat" }).fill(FOUND);
  await volunteer.getByRole("button", { name: "Terminer" }).click();
  await expect(volunteer.getByText(FOUND)).toBeVisible();
  // Half-written words of it are words of it.
  await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
  await volunteer.getByRole("textbox", { name: "Constat" }).fill(`${FOUND}, et partagée`);
  await saved(volunteer);
  await volunteer.goto("/");
  await expect(volunteer.getByRole("heading", { name: "À finir" })).toBeVisible();
  await volunteer.getByRole("link", { name: ALIAS }).click();
  await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
  await choose(volunteer, CONSENT, /^Non$/);
  await expect(volunteer.getByText("Rien d’autre de cette visite ne quitte ce téléphone.")).toBeVisible();
  await expect(volunteer.getByText("Ce qui est déjà parti")).toHaveCount(0);
  await finish(volunteer);
  await volunteer.goto("/notes");
  await expect(volunteer.getByText(FOUND)).toHaveCount(0);
  await volunteer.goto("/");
  await expect(volunteer.getByText(FOUND)).toHaveCount(0);
  await server.start();
  await sync(volunteer);
  await expect(volunteer.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible();
  await sync(coordinator);
  await coordinator.goto("/visits");
  await coordinator.getByRole("link", { name: "Refus d’être noté" }).click();
  await expect(coordinator.locator("dt")).toHaveText(["Date de la visite", CONSENT]);
  await expectNoWord(coordinator);
  await phone.remove();
});

/** A visit that the server cannot have yet. */
async function noteWithoutNetwork(page: Page, server: Server): Promise<void> {
  await page.goto("/");
  await readyOffline(page);
  await server.stop();
  await note(page, ALIAS, SUMMARY);
}

/** From the page of the refused visit: no list has a word of what was typed. */
async function expectNoWord(page: Page): Promise<void> {
  const record = new URL(page.url()).pathname;
  for (const path of [record, "/", "/visits", "/collectives", "/notes"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".loading")).toHaveCount(0);
    const shown = await page.locator("body").innerText();
    expect(TYPED.filter((words) => shown.includes(words)), path).toEqual([]);
  }
  await page.goto("/collectives");
  await expect(page.getByText("Aucun collectif ici.")).toBeVisible();
}

test("a collective that takes its yes back is taken at its word, also where the visit had been received", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const { phone, volunteer } = await campaignOfTwo(page, server, guard, info);
  await noteWithoutNetwork(volunteer, server);
  await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
  await choose(volunteer, CONSENT, /^Non$/);
  await expect(volunteer.getByText("Rien d’autre de cette visite ne quitte ce téléphone.")).toBeVisible();
  // It leaves while the form is open, and the form does not say otherwise.
  await server.start();
  await volunteer.evaluate(() => dispatchEvent(new Event("online")));
  await expect(volunteer.getByText("Ce qui est déjà parti sera retiré de la visite")).toBeVisible({ timeout: 40_000 });
  await sync(coordinator);
  await expect(volunteer.getByText("Rien d’autre de cette visite ne quitte ce téléphone")).toHaveCount(0);
  await takePictures(volunteer, "visit-taken-back");
  await finish(volunteer);
  await sync(volunteer);
  await sync(coordinator);
  await coordinator.goto("/visits");
  await coordinator.getByRole("link", { name: "Refus d’être noté" }).click();
  await expect(coordinator.locator("dt")).toHaveText(["Date de la visite", CONSENT]);
  expect(await coordinator.locator("body").innerText()).not.toContain(SUMMARY);
  await phone.remove();
});
