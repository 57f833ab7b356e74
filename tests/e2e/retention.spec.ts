// What the coordination has leaves the phone after the campaign's days, and comes back for a question.
import { expectAccessible } from "./accessibility.ts";
import { campaignOfTwo } from "./campaign.ts";
import { expect, test } from "./fixtures.ts";
import { sync } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { note } from "./visit.ts";

test.setTimeout(240_000);

const NOTED = "Une soupe et quatre matelas";
const LEFT = "Son contenu a quitté ce téléphone";

test("a received visit leaves the phone but for date and state, and comes back for a question", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const { phone, volunteer } = await campaignOfTwo(page, server, guard, info, { campaign: "Carnet court", volunteer: "Amina" });
  await test.step("the campaign keeps nothing on phones", async () => {
    await coordinator.goto("/settings");
    const days = coordinator.getByLabel("Jours avant qu’une visite reçue quitte les téléphones");
    await days.fill("0");
    await coordinator.getByRole("button", { name: "Enregistrer" }).click();
    await expect(coordinator.getByText("Enregistré.", { exact: true })).toBeVisible();
    await sync(coordinator);
    await sync(volunteer);
  });

  await note(volunteer, "Les Sureaux", NOTED);
  const visit = new URL(volunteer.url()).pathname;
  const shows = async (words: string, not: string) => {
    await volunteer.goto(visit);
    await expect(volunteer.getByText(words)).toBeVisible();
    await expect(volunteer.getByText(not)).toHaveCount(0);
  };

  await test.step("it stays until a coordinator's device has it", async () => {
    await sync(volunteer);
    await sync(volunteer);
    await shows(NOTED, LEFT);
    await expect(volunteer.getByText("Reçue", { exact: true })).toBeVisible();
  });

  await test.step("then its content leaves", async () => {
    // Asking for what comes after it says that it was stored.
    await sync(coordinator);
    await sync(coordinator);
    await sync(volunteer);
    await shows(LEFT, NOTED);
    await expect(volunteer.getByText("Reçue", { exact: true })).toBeVisible();
    await expect(volunteer.getByRole("heading", { name: /^Visite du/ })).toBeVisible();
    await takePictures(volunteer, "retired");
    await expectAccessible(volunteer);
    await volunteer.reload();
    await shows(LEFT, NOTED);
  });

  await test.step("a question brings it back", async () => {
    await coordinator.goto("/visits");
    await coordinator.getByRole("link", { name: "Les Sureaux" }).click();
    await expect(coordinator.getByText(NOTED)).toBeVisible();
    await coordinator.getByRole("button", { name: "Ouvrir la relecture" }).click();
    await coordinator.getByText("Demander une précision").click();
    await coordinator.getByLabel("Question à l’auteur·rice").fill("Combien de chambres ?");
    await coordinator.getByRole("button", { name: "Envoyer la question" }).click();
    await expect(coordinator.getByText("À compléter")).toBeVisible();
    await sync(coordinator);
    await sync(volunteer);
    await shows(NOTED, LEFT);
    await expect(volunteer.getByText("Combien de chambres ?")).toBeVisible();
  });

  await test.step("answered, it stays until the coordination has the answer and is done with it", async () => {
    await volunteer.getByLabel("Votre réponse").fill("Quatre chambres");
    await volunteer.getByRole("button", { name: "Répondre" }).click();
    await expect(volunteer.getByText("Quatre chambres")).toBeVisible();
    await sync(volunteer);
    await sync(volunteer);
    await shows(NOTED, LEFT);
    await sync(coordinator);
    await coordinator.getByRole("link", { name: "Les Sureaux" }).first().click();
    await expect(coordinator.getByText("Quatre chambres")).toBeVisible();
    await coordinator.getByRole("button", { name: "Ouvrir la relecture" }).click();
    await coordinator.getByRole("button", { name: "Valider" }).click();
    await expect(coordinator.getByText("Validée", { exact: true })).toBeVisible();
  });

  await test.step("then it leaves again, with question and answer", async () => {
    // Asking for what comes after the answer says that it was stored.
    await sync(coordinator);
    await sync(coordinator);
    await sync(volunteer);
    await sync(volunteer);
    await shows(LEFT, NOTED);
    for (const words of ["Combien de chambres ?", "Quatre chambres"]) {
      await expect(volunteer.getByText(words)).toHaveCount(0);
    }
    await expect(volunteer.getByText("Validée", { exact: true })).toBeVisible();
  });
  await phone.close();
  await phone.remove();
});
