// What is noted beside visits: alerts, testimonies, findings, follow-ups, actors, from a phone without a
// network to the coordination.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { noteAlert } from "./alert.ts";
import { campaignOfTwo } from "./campaign.ts";
import { brussels } from "./clock.ts";
import { correctField, saveCorrection } from "./correction.ts";
import { expect, test } from "./fixtures.ts";
import { gallery } from "./gallery.ts";
import { sync } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question, saved } from "./visit.ts";

test.setTimeout(420_000);

/** The places of the three alerts. */
const PLACES = /Ixelles|Saint-Gilles|Uccle/;

test("notes of every kind are written without a network, linked, received, and taken up", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const two = await campaignOfTwo(page, server, guard, info);
  const phone = two.phone;
  let volunteer = two.volunteer;
  await server.kill();

  await volunteer.goto("/");
  await beginAtNewCollective(volunteer, "Les Glycines");
  await answerTheRest(volunteer, "Une soupe le jeudi");
  await finish(volunteer);

  await test.step("a finding and a follow-up hang on the visit", async () => {
    await volunteer.getByRole("button", { name: "Ajouter : Constat pour les Assises" }).click();
    await expect(volunteer.getByRole("heading", { name: "Constat pour les Assises", level: 1 })).toBeVisible();
    await takePictures(volunteer, "finding-empty");
    await question(volunteer, "Question des Assises").locator("label").first().click();
    await choose(volunteer, "C’est…", "Bonne pratique");
    await volunteer.getByRole("textbox", { name: "Constat" }).fill("Une charte relue chaque rentrée évite les malentendus.");
    await volunteer.getByText("D’où vient ce constat").click();
    await expect(volunteer.getByText("Les Glycines")).toBeVisible();
    await saved(volunteer);
    await expectAccessible(volunteer);
    await takePictures(volunteer, "finding");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByText("Une charte relue chaque rentrée")).toBeVisible();
    await takePictures(volunteer, "finding-record");

    await volunteer.goto("/");
    await volunteer.getByRole("link", { name: "Les Glycines" }).click();
    await expect(volunteer.getByRole("link", { name: "Une charte relue chaque rentrée" })).toBeVisible();
    await volunteer.getByRole("button", { name: "Ajouter : Suite à donner" }).click();
    await volunteer.getByRole("textbox", { name: "À faire" }).fill("Trouver un assureur");
    await question(volunteer, "Type").locator("label").first().click();
    await expect(question(volunteer, "Élément lié").getByText("Les Glycines")).toBeVisible();
    await volunteer.getByText("Qui s’en charge").click();
    await question(volunteer, "Confié à").getByRole("button", { name: "Vous" }).click();
    await expectAccessible(volunteer);
    await takePictures(volunteer, "follow-up");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByRole("heading", { name: "Suite à donner", level: 1 })).toBeVisible();
    await expect(volunteer.getByText("Trouver un assureur")).toBeVisible();
    await takePictures(volunteer, "follow-up-record");
  });

  await test.step("two organisations", async () => {
    await begin(volunteer, "Acteur");
    await volunteer.getByRole("textbox", { name: "Nom", exact: true }).fill("Le Comptoir");
    await question(volunteer, "Type").locator("label").first().click();
    await volunteer.getByText("Pour la joindre").click();
    await volunteer.getByRole("textbox", { name: "Site" }).fill("comptoir");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(question(volunteer, "Site").getByText("Ce n’est pas la forme attendue.")).toBeVisible();
    await takePictures(volunteer, "actor-wrong");
    await volunteer.getByRole("textbox", { name: "Site" }).fill("https://comptoir.example/");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByText("https://comptoir.example/")).toBeVisible();

    await begin(volunteer, "Acteur");
    await volunteer.getByRole("textbox", { name: "Nom", exact: true }).fill("La Passerelle");
    await question(volunteer, "Type").locator("label").first().click();
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.locator("dd").filter({ hasText: "La Passerelle" })).toBeVisible();
  });

  await test.step("a testimony without consent leaves nothing; with it, it asks what was promised", async () => {
    await begin(volunteer, "Témoignage");
    await choose(volunteer, "La personne accepte que je note ses paroles", "Oui");
    await volunteer.getByRole("textbox", { name: "Paroles" }).fill("On m’a dit que c’était déjà loué.");
    await saved(volunteer);
    await choose(volunteer, "La personne accepte que je note ses paroles", "Non");
    await expect(volunteer.getByText("Sans accord, rien n’est noté")).toBeVisible();
    await saved(volunteer);
    await expectAccessible(volunteer);
    await takePictures(volunteer, "testimony-refused");
    // The words are gone from the phone, whether or not the form is finished.
    await volunteer.reload();
    await choose(volunteer, "La personne accepte que je note ses paroles", "Oui");
    await expect(volunteer.getByRole("textbox", { name: "Paroles" })).toHaveValue("");
    await choose(volunteer, "La personne accepte que je note ses paroles", "Non");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByRole("heading", { name: "Mon carnet" })).toBeVisible();
    await expect(volunteer.getByRole("link", { name: /locataire|Témoignage/i })).toHaveCount(0);

    await begin(volunteer, "Témoignage");
    await choose(volunteer, "La personne accepte que je note ses paroles", "Oui");
    await question(volunteer, "Qui parle ?").locator("label").first().click();
    await question(volunteer, "C’est…").locator("label").first().click();
    await volunteer.getByLabel("Mois").fill("2026-10");
    await volunteer.getByText("Ce qui a suivi").click();
    await choose(volunteer, "Une suite est souhaitée", "Oui");
    await expectAccessible(volunteer);
    await takePictures(volunteer, "testimony");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByRole("heading", { name: "Suite à donner", level: 1 })).toBeVisible();
    await volunteer.getByRole("textbox", { name: "À faire" }).fill("Appeler le service logement");
    await question(volunteer, "Type").locator("label").first().click();
    await volunteer.getByText("Qui s’en charge").click();
    await question(volunteer, "Avec").getByRole("button", { name: "Le Comptoir" }).click();
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByText("Appeler le service logement")).toBeVisible();
  });

  await test.step("consent that is withdrawn later takes the testimony away", async () => {
    await begin(volunteer, "Témoignage");
    await choose(volunteer, "La personne accepte que je note ses paroles", "Oui");
    await question(volunteer, "Qui parle ?").locator("label").nth(1).click();
    await question(volunteer, "C’est…").locator("label").nth(1).click();
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    // The form has the same heading.
    await volunteer.waitForURL(/\/record\//);
    const record = volunteer.url();
    await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
    await choose(volunteer, "La personne accepte que je note ses paroles", "Non");
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByRole("heading", { name: "Mon carnet" })).toBeVisible();
    await volunteer.goto(record);
    await expect(volunteer.getByText("Cette fiche n’est pas sur cet appareil.")).toBeVisible();
  });

  await test.step("an alert, one tap from the home page", async () => {
    await volunteer.goto("/");
    await volunteer.getByRole("link", { name: "Alerte", exact: true }).click();
    await choose(volunteer, "Les personnes concernées veulent cette alerte", "Oui");
    await question(volunteer, "Type d’alerte").locator("label").first().click();
    await choose(volunteer, "Commune", "Saint-Gilles");
    await question(volunteer, "Où en est-on ?").locator("label").first().click();
    await choose(volunteer, "Date prévue", "Demain");
    await question(volunteer, "Ménages concernés").locator("label").first().click();
    await question(volunteer, "Aide demandée").locator("label").first().click();
    await expectAccessible(volunteer);
    await takePictures(volunteer, "alert");
    await expectReminder(volunteer);
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByText("La coordination ne l’a pas encore prise en charge.")).toBeVisible();
    await expect(volunteer.getByText("≤ 48 h")).toBeVisible();
    await expectReminder(volunteer);
    await takePictures(volunteer, "alert-record");
    await noteAlert(volunteer, "Uccle", 20);
    await expect(volunteer.getByText("≤ 30 jours")).toBeVisible();
    await noteAlert(volunteer, "Ixelles", -3);
    await expect(volunteer.getByText("Dépassée")).toBeVisible();
    await volunteer.goto("/");
    await expect(volunteer.getByText("1 visite n’est pas encore reçue. 9 autres notes ne sont pas encore reçues.")).toBeVisible();
    // Not the order in which they were written.
    await expect(volunteer.getByRole("link", { name: PLACES })).toHaveText([/Ixelles/, /Saint-Gilles/, /Uccle/]);
    await expectAccessible(volunteer);
    await takePictures(volunteer, "home-notes");
    await volunteer.goto("/note");
    await expectAccessible(volunteer);
    await takePictures(volunteer, "note");
  });

  await test.step("the coordination takes the alert up, and its author reads it", async () => {
    await volunteer.close();
    await server.start();
    volunteer = await phone.page();
    await volunteer.goto("/");
    await expect(volunteer.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 40_000 });
    await sync(coordinator);
    await expect(coordinator.getByRole("heading", { name: "Alertes à prendre en charge" })).toBeVisible();
    await takePictures(coordinator, "home-alert");
    await coordinator.goto("/notes");
    await expect(coordinator.getByRole("link", { name: PLACES })).toHaveText([/Ixelles/, /Saint-Gilles/, /Uccle/]);
    await expect(coordinator.getByRole("heading", { level: 3 })).toHaveText(["Date passée", "Les autres"]);
    const rows = coordinator.getByRole("listitem");
    await expect(rows.filter({ hasText: "Ixelles" }).getByText("Dépassée")).toBeVisible();
    await expect(rows.filter({ hasText: "Saint-Gilles" }).getByText("≤ 48 h")).toBeVisible();
    await expect(rows.filter({ hasText: "Uccle" }).getByText("≤ 30 jours")).toBeVisible();
    await expect(coordinator.getByRole("heading", { level: 2 })).toHaveText([
      "Alerte",
      "Suite à donner",
      "Témoignage",
      "Constat pour les Assises",
      "Acteur",
    ]);
    await expectAccessible(coordinator);
    await takePictures(coordinator, "notes");
    await coordinator.goto("/");
    await coordinator.getByRole("link", { name: /Saint-Gilles/ }).click();
    await coordinator.getByRole("button", { name: "Je la prends en charge" }).click();
    await expect(coordinator.getByText("Suivi par la coordination : Prise en charge.")).toBeVisible();
    await expectAccessible(coordinator);
    await expect(coordinator.getByText(/^Depuis\s: .* · Vous$/)).toBeVisible();
    await takePictures(coordinator, "alert-taken-up");
    await coordinator.goto("/");
    await expect(coordinator.getByRole("heading", { name: "Alertes à prendre en charge" })).toBeVisible();
    await expect(coordinator.getByRole("link", { name: PLACES })).toHaveText([/Ixelles/, /Uccle/]);
    await sync(coordinator);
    await sync(volunteer);
    await volunteer.getByRole("link", { name: /Saint-Gilles/ }).click();
    await expect(volunteer.getByText("Suivi par la coordination : Prise en charge.")).toBeVisible();
    // When, and the role: a volunteer's phone is told no name.
    await expect(volunteer.getByText(/^Depuis\s: .* · Coordination$/)).toBeVisible();
    await expect(question(volunteer, "Étape suivante")).toHaveCount(0);
  });

  await test.step("the coordination takes it further, closes it and opens it again", async () => {
    await coordinator.goto("/notes");
    await coordinator.getByRole("link", { name: /Saint-Gilles/ }).click();
    await goOn(coordinator, "Étape suivante", "Action en cours");
    // An end, and no way back but by opening it again.
    await expect(question(coordinator, "Étape suivante").getByRole("radio")).toHaveCount(4);
    await goOn(coordinator, "Étape suivante", "Relogement trouvé");
    await expect(coordinator.getByText("≤ 48 h")).toHaveCount(0);
    await expect(coordinator.getByText("Moratoire hivernal")).toHaveCount(0);
    await expectAccessible(coordinator);
    await takePictures(coordinator, "alert-closed");
    const record = coordinator.url();
    await coordinator.goto("/notes");
    await expect(coordinator.getByRole("link", { name: PLACES })).toHaveText([/Ixelles/, /Uccle/, /Saint-Gilles/]);
    await sync(coordinator);
    await sync(volunteer);
    await volunteer.getByRole("link", { name: /Saint-Gilles/ }).click();
    await expect(volunteer.getByText("Suivi par la coordination : Relogement trouvé.")).toBeVisible();
    await coordinator.goto(record);
    await goOn(coordinator, "Rouvrir l’alerte", "Action en cours");
    await expect(coordinator.getByText("≤ 48 h")).toBeVisible();
  });

  await test.step("what its author learns after the end comes before the coordination again", async () => {
    await goOn(coordinator, "Étape suivante", "Relogement trouvé");
    const record = coordinator.url();
    await sync(coordinator);
    await sync(volunteer);
    await volunteer.getByRole("link", { name: /Saint-Gilles/ }).click();
    await expect(volunteer.getByText("Suivi par la coordination : Relogement trouvé.")).toBeVisible();
    await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
    await question(volunteer, "Où en est-on ?").locator("label").nth(2).click();
    await volunteer.getByRole("button", { name: "Terminer" }).click();
    await expect(volunteer.getByText("À confirmer par la coordination : quelque chose de nouveau")).toBeVisible();
    await sync(volunteer);
    await sync(coordinator);
    await coordinator.goto("/");
    const row = coordinator.locator("li.row").filter({ hasText: "Saint-Gilles" }).filter({ hasText: "Du nouveau" });
    await expect(row).toHaveCount(1);
    await takePictures(coordinator, "home-alert-news");
    await coordinator.goto(record);
    await expect(coordinator.getByText("À confirmer par la coordination : quelque chose de nouveau")).toContainText("Relogement trouvé");
    await expectAccessible(coordinator);
    await takePictures(coordinator, "alert-to-confirm");
    await coordinator.getByRole("button", { name: "Je la prends en charge" }).click();
    await expect(coordinator.getByText("Suivi par la coordination : Prise en charge.")).toBeVisible();
  });

  await test.step("organisations are added to a collective, and taken away", async () => {
    await coordinator.goto("/collectives");
    await coordinator.getByRole("link", { name: "Les Glycines" }).click();
    await coordinator.locator("summary", { hasText: "sans réponse" }).click();
    await correctField(coordinator, "Organisations partenaires");
    const partners = question(coordinator, "Organisations partenaires");
    await partners.getByRole("button", { name: "Le Comptoir" }).click();
    await expect(partners.getByRole("button", { name: "Retirer Le Comptoir" })).toBeVisible();
    // It is not offered twice.
    await expect(partners.getByRole("button", { name: /^Le Comptoir/ })).toHaveCount(0);
    await partners.getByRole("button", { name: "La Passerelle" }).click();
    await expectAccessible(coordinator);
    await takePictures(coordinator, "collective-partners");
    await saveCorrection(coordinator);
    await expect(coordinator.locator("dd").filter({ hasText: "Le Comptoir" })).toContainText("La Passerelle");

    await correctField(coordinator, "Organisations partenaires");
    await partners.getByRole("button", { name: "Retirer Le Comptoir" }).click();
    await partners.getByText("Ajouter", { exact: true }).click();
    await expect(partners.getByRole("button", { name: /^Le Comptoir/ })).toBeVisible();
    await saveCorrection(coordinator);
    await expect(coordinator.locator("dd").filter({ hasText: "La Passerelle" })).toBeVisible();
    await expect(coordinator.locator("dd").filter({ hasText: "Le Comptoir" })).toHaveCount(0);
  });
  await test.step("every kind in three languages, for eyes", async () => {
    const kinds = ["alert", "testimony", "finding", "follow_up", "actor"];
    const forms = kinds.map((kind) => [`form-${kind}`, `/new/${kind}`] as const);
    await gallery(volunteer, server.origin, { note: "/note", notes: "/notes", ...Object.fromEntries(forms) });
    await coordinator.goto("/notes");
    await coordinator.getByRole("link", { name: /Saint-Gilles/ }).click();
    await coordinator.waitForURL(/\/record\//);
    await gallery(coordinator, server.origin, { "alert-coordination": new URL(coordinator.url()).pathname });
  });
  await phone.close();
  await phone.remove();
});

async function begin(page: Page, kind: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Noter autre chose" }).click();
  await page.getByRole("link", { name: kind }).click();
  await expect(page.getByRole("heading", { name: kind, level: 1 })).toBeVisible();
}

/** From 1 November to 15 March the reminder is told, with a link that is not followed; else it is not. */
async function expectReminder(page: Page): Promise<void> {
  const today = brussels(0).slice(5);
  const isWinter = today >= "11-01" || today <= "03-15";
  await expect(page.getByText("Moratoire hivernal : vérifiez s’il s’applique.")).toHaveCount(isWinter ? 1 : 0);
  const site = page.getByRole("link", { name: "logement.brussels" });
  await expect(site).toHaveCount(isWinter ? 1 : 0);
  if (isWinter) await expect(site).toHaveAttribute("rel", "noreferrer noopener");
}

/** A coordinator takes the alert that is open a step further. */
async function goOn(page: Page, words: string, status: string): Promise<void> {
  await choose(page, words, status);
  await question(page, words).getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(`Suivi par la coordination : ${status}.`)).toBeVisible();
}
