// What is folded in the visit's form about a collective that is new goes into the collective's record, and who created
// it can go on with it later.
import { expectAccessible } from "./accessibility.ts";
import { campaignOfTwo } from "./campaign.ts";
import { expect, test } from "./fixtures.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish } from "./visit.ts";

const BLOCKS = ["Comment l’accueil s’organise", "La vie du lieu", "Ce qui freine, ce qui aide", "Une phrase entendue"];

const DECISION = "Consensus en réunion";

test.setTimeout(180_000);

test("a new collective is described in the folded blocks, and further by who created it", async ({ page, server, guard }, info) => {
  const { phone, volunteer } = await campaignOfTwo(page, server, guard, info, { campaign: "Carnet des cours", volunteer: "Ada" });
  await volunteer.goto("/");
  await volunteer.getByRole("link", { name: "Nouvelle visite" }).first().click();
  const folds = volunteer.locator("details.fold summary .fold-label");
  // At no collective, or a known one, nothing of its record is asked.
  await expect(folds.first()).toHaveText(BLOCKS[2] ?? "");
  await volunteer.goto("/");
  await beginAtNewCollective(volunteer, "La Cour");
  for (const [at, label] of BLOCKS.entries()) await expect(folds.nth(at)).toHaveText(label);
  await answerTheRest(volunteer, "Une grande table");
  await volunteer.getByText(BLOCKS[0] ?? "").click();
  await choose(volunteer, "Décision d’accueillir", DECISION);
  await volunteer.getByText(BLOCKS[1] ?? "").click();
  await choose(volunteer, "Espaces partagés", "Jardin");
  await expectAccessible(volunteer);
  await takePictures(volunteer, "visit-blocks");
  await finish(volunteer);

  await volunteer.goto("/collectives");
  await volunteer.getByRole("link", { name: "La Cour" }).click();
  await expect(volunteer.getByText(DECISION)).toBeVisible();
  await expect(volunteer.getByText("Jardin")).toBeVisible();
  await volunteer.getByRole("button", { name: "Corriger : Décision d’accueillir" }).click();
  await choose(volunteer, "Décision d’accueillir", "Vote");
  await volunteer.getByRole("button", { name: "Enregistrer" }).click();
  await expect(volunteer.getByText("Vote", { exact: true })).toBeVisible();
  await expect(volunteer.getByText(DECISION)).toHaveCount(0);
  await phone.remove();
});
