// The review of a visit: a question comes to its author's phone, is answered there, and the visit is
// validated; what is corrected after that is a proposal.
import { expectAccessible } from "./accessibility.ts";
import { campaignOfTwo } from "./campaign.ts";
import { expect, test } from "./fixtures.ts";
import { sync } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question, saved } from "./visit.ts";

test.setTimeout(300_000);

test("a question comes to the author's phone, is answered, and the visit is validated", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const two = await campaignOfTwo(page, server, guard, info);
  const phone = two.phone;
  let volunteer = two.volunteer;
  await volunteer.goto("/");
  await beginAtNewCollective(volunteer, "Les Glycines");
  await answerTheRest(volunteer, "Vu M. Exemple le jeudi");
  await finish(volunteer);
  await sync(volunteer);

  await test.step("the coordination asks", async () => {
    await sync(coordinator);
    await expect(coordinator.getByText("1 à relire")).toBeVisible();
    await coordinator.getByRole("link", { name: "Les Glycines" }).click();
    await coordinator.getByRole("button", { name: "Ouvrir la relecture" }).click();
    await expect(coordinator.getByText("« En une phrase » : un passage peut désigner")).toBeVisible();
    await expect(coordinator.getByRole("button", { name: "Valider" })).toHaveCount(0);
    await coordinator.getByText("Demander une précision").click();
    await coordinator.getByLabel("Question à l’auteur·rice").fill("Combien de chambres ?");
    await expectAccessible(coordinator);
    await takePictures(coordinator, "review");
    await coordinator.getByRole("button", { name: "Envoyer la question" }).click();
    await expect(coordinator.getByText("À compléter")).toBeVisible();
    await expect(coordinator.getByText("Pas encore de réponse.")).toBeVisible();
    await sync(coordinator);
  });

  await test.step("the author answers and corrects, without a network", async () => {
    await sync(volunteer);
    await expect(volunteer.getByRole("heading", { name: "La coordination demande une précision" })).toBeVisible();
    await expectAccessible(volunteer);
    await takePictures(volunteer, "home-asked");
    await server.kill();
    await volunteer.getByRole("link", { name: "Les Glycines" }).first().click();
    await expect(volunteer.getByText("Combien de chambres ?")).toBeVisible();
    await volunteer.getByLabel("Votre réponse").fill("Chez M. Exemple");
    await saved(volunteer);
    const address = volunteer.url();
    await phone.kill();
    volunteer = await phone.open();
    await volunteer.goto(address);
    await expect(volunteer.getByLabel("Votre réponse")).toHaveValue("Chez M. Exemple");
    await volunteer.getByRole("button", { name: "Répondre" }).click();
    await expect(volunteer.getByText("Chez M. Exemple")).toBeVisible();
    await volunteer.reload();
    await expect(volunteer.getByText("Chez M. Exemple")).toBeVisible();
    await expect(volunteer.getByLabel("Votre réponse"), "what was sent is no draft any more").toHaveCount(0);
    await volunteer.getByRole("button", { name: "Corriger la réponse" }).click();
    await volunteer.getByLabel("Votre réponse").fill("Chez moi");
    await saved(volunteer);
    await volunteer.getByRole("button", { name: "Annuler" }).click();
    await volunteer.reload();
    await expect(volunteer.getByText("Chez M. Exemple")).toBeVisible();
    await expect(volunteer.getByLabel("Votre réponse"), "nor what was given up").toHaveCount(0);
    await volunteer.getByRole("button", { name: "Corriger la réponse" }).click();
    // What is typed stays while a sync goes on.
    await server.start();
    await volunteer.getByLabel("Votre réponse").fill("Deux chambres");
    await expect(volunteer.getByText("Reçue", { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(volunteer.getByLabel("Votre réponse")).toHaveValue("Deux chambres");
    await server.kill();
    await expectAccessible(volunteer);
    await takePictures(volunteer, "question");
    await volunteer.getByRole("button", { name: "Répondre" }).click();
    await expect(volunteer.getByLabel("Votre réponse")).toHaveCount(0);
    await expect(volunteer.getByText("Deux chambres")).toBeVisible();
    await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
    await question(volunteer, "En une phrase").getByRole("textbox").fill("Vu une habitante le jeudi");
    await finish(volunteer);
    await server.start();
    await sync(volunteer);
  });

  await test.step("the coordination reads the answer and validates", async () => {
    await sync(coordinator);
    await coordinator.getByRole("link", { name: "Les Glycines" }).click();
    await expect(coordinator.getByText("Deux chambres")).toBeVisible();
    await coordinator.getByRole("button", { name: "Ouvrir la relecture" }).click();
    await coordinator.getByRole("button", { name: "Valider" }).click();
    await expect(coordinator.getByText("Validée", { exact: true })).toBeVisible();
    await expectAccessible(coordinator);
    await takePictures(coordinator, "validated");
    await sync(coordinator);
  });

  await test.step("a later correction is a proposal that the coordination settles", async () => {
    await sync(volunteer);
    await volunteer.getByRole("link", { name: "Les Glycines" }).click();
    await expect(volunteer.getByText("Validée", { exact: true })).toBeVisible();
    await expect(volunteer.getByText("Ce que vous corrigez maintenant est une proposition")).toBeVisible();
    await volunteer.getByRole("button", { name: "Corriger", exact: true }).click();
    await choose(volunteer, "Où en est l’accueil ?", "En pause");
    await finish(volunteer);
    await sync(volunteer);
    await sync(coordinator);
    await coordinator.getByRole("link", { name: "Les Glycines" }).click();
    await expect(coordinator.getByRole("heading", { name: "Propositions de correction" })).toBeVisible();
    await expect(coordinator.getByText("Accueille en ce moment")).toBeVisible();
    await expectAccessible(coordinator);
    await takePictures(coordinator, "proposal");
    await coordinator.getByRole("button", { name: "Accepter" }).click();
    await expect(coordinator.getByRole("heading", { name: "Propositions de correction" })).toHaveCount(0);
    await expect(coordinator.getByText("En pause")).toBeVisible();
  });
  await phone.close();
  await phone.remove();
});
