// What a reviewer is told beside what stands in the way: a phone's clock went ahead, signs were taken out of a text.
import { campaign } from "./campaign.ts";
import { shiftClock } from "./clock.ts";
import { expect, test } from "./fixtures.ts";
import { sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { finish, note, beginAtNewCollective, answerTheRest } from "./visit.ts";

const DAY_MS = 86_400_000;

test.setTimeout(240_000);

test("a reviewer is told of invisible signs and of a clock that went ahead, and of nothing else", async (
  { page, server, guard },
  info,
) => {
  const phone = new Phone(server.origin, info, guard);
  try {
    const volunteer = await campaign(page, server.setupLink(), phone, { campaign: "Carnet", volunteer: "Inès" });
    await note(volunteer, "Les Droits", "Texte normal");
    await shiftClock(volunteer, 5.5 * DAY_MS);
    await volunteer.goto("/");
    await beginAtNewCollective(volunteer, "Les Renversés");
    await answerTheRest(volunteer, "Texte normal \u202E esrevni");
    await finish(volunteer);
    await sync(volunteer);
    await sync(page);

    await page.getByRole("link", { name: "Les Renversés" }).first().click();
    await page.getByRole("button", { name: "Ouvrir la relecture" }).click();
    await expect(page.getByText("« En une phrase » : des signes invisibles")).toBeVisible();
    await expect(page.getByText("d’au moins 5 jours quand ceci a été noté")).toBeVisible();
    await expect(page.getByText("« Date de la visite » est dans le futur.")).toBeVisible();
    await expect(page.getByText("\u202E")).toHaveCount(0);
    await takePictures(page, "review-flags");

    await page.goto("/");
    await page.getByRole("link", { name: "Les Droits" }).first().click();
    await page.getByRole("button", { name: "Ouvrir la relecture" }).click();
    await expect(page.getByRole("button", { name: "Valider" })).toBeVisible();
    await expect(page.getByText("À savoir")).toHaveCount(0);
  } finally {
    await phone.remove();
  }
});
