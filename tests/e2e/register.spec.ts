// The shared register: what a volunteer knows of a collective that somebody else visits, and nothing more.
import { campaign } from "./campaign.ts";
import { correctField, saveCorrection } from "./correction.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { confirm, invite, join, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish } from "./visit.ts";

const ALIAS = "Les Sureaux";
const SUMMARY = "Une soupe et quatre matelas";
/** What the visit says, and who said it. */
const SAID = [SUMMARY, "Accueille en ce moment", "Fatigue", "Assurance", "Amina"];

test.setTimeout(300_000);

test("a volunteer finds a collective that another visited, by its code and without a network, and reads no visit", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const first = new Phone(server.origin, info, guard);
  const second = new Phone(server.origin, info, guard);
  const amina = await campaign(coordinator, server.setupLink(), first, { campaign: "Carnet", volunteer: "Amina" });
  const link = await invite(coordinator, "Volontaire", "Basile");
  const basile = await second.open();
  await join(basile, link);
  await expect(basile.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
  await confirm(coordinator, "Basile");

  await amina.goto("/");
  await beginAtNewCollective(amina, ALIAS);
  await answerTheRest(amina, SUMMARY);
  await choose(amina, "Quand ?", "Aujourd’hui");
  await finish(amina);
  const code = (await amina.locator(".plate-large .plate > span:not(.hidden-words)").allInnerTexts()).join("");
  expect(code).toMatch(/^[0-9A-Z]{6}$/);
  await sync(amina);

  await test.step("a collective that did not agree to be listed is not", async () => {
    await sync(coordinator);
    await sync(basile);
    await basile.goto("/collectives");
    await expect(basile.getByText("Aucun collectif ici.")).toBeVisible();
  });

  await test.step("the coordination notes that it agrees", async () => {
    await coordinator.goto("/collectives");
    await coordinator.getByRole("link", { name: ALIAS }).click();
    await correctField(coordinator, "Apparaître dans le répertoire");
    await choose(coordinator, "Apparaître dans le répertoire", "Sous un surnom");
    await saveCorrection(coordinator);
    await sync(coordinator);
    await sync(basile);
    await readyOffline(basile);
    await server.stop();
  });

  const month = new Intl.DateTimeFormat("fr", { month: "long", year: "numeric", timeZone: "Europe/Brussels" });
  await test.step("the other volunteer reads alias, place, type, month and code", async () => {
    await basile.goto("/collectives");
    const line = basile.locator("main li.row");
    await expect(line).toHaveCount(1);
    await expect(line.getByRole("link")).toHaveText(ALIAS);
    await expect(line).toContainText("Saint-Gilles · Habitat groupé solidaire");
    await expect(line).toContainText(`Dernière visite : ${month.format(new Date())}`);
    await line.getByRole("link").click();
    await expect(basile.getByText("Cet appareil ne connaît que la ligne du répertoire.")).toBeVisible();
    await expect(basile.locator(".plate-large")).toHaveText(new RegExp(`${code.slice(0, 3)}\\s*${code.slice(3)}$`));
  });

  await test.step("and no visit, nor who was there", async () => {
    await expect(basile.getByText("Aucune visite connue sur cet appareil.")).toBeVisible();
    const collective = new URL(basile.url()).pathname;
    for (const path of [collective, "/", "/visits", "/collectives"]) {
      await basile.goto(path);
      await expect(basile.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(basile.locator(".loading")).toHaveCount(0);
      const shown = await basile.locator("body").innerText();
      expect(SAID.filter((words) => shown.includes(words)), path).toEqual([]);
    }
    await basile.goto("/visits");
    await expect(basile.getByText("Aucune visite pour l’instant.")).toBeVisible();
  });

  await test.step("a new visit finds it by its code, and says that somebody was there", async () => {
    await basile.goto("/");
    await basile.getByRole("link", { name: "Nouvelle visite" }).first().click();
    const search = basile.getByLabel("Chercher par surnom, commune ou code");
    await search.fill(otherCode(code));
    await expect(basile.getByText("Rien ne correspond sur ce téléphone.")).toBeVisible();
    await search.fill(code.toLowerCase());
    await basile.getByRole("button", { name: ALIAS }).click();
    await expect(basile.locator(".picked-name")).toHaveText(ALIAS);
    await expect(basile.getByText("Quelqu’un d’autre y était ce mois-ci.")).toBeVisible();
    await expect(basile.getByText("demandez si celle-ci tombe bien")).toBeVisible();
  });

  await test.step("what the other volunteer knows of it is proposed, and the coordination decides", async () => {
    await basile.goto("/collectives");
    await basile.getByRole("link", { name: ALIAS }).click();
    await expect(basile.getByText("Ce que vous notez ici est une proposition")).toBeVisible();
    await basile.getByText(/^Compléter/).click();
    await correctField(basile, "Commune");
    await choose(basile, "Commune", "Uccle");
    await saveCorrection(basile);
    await expect(basile.getByRole("heading", { name: "Ce que vous avez proposé" })).toBeVisible();
    await expect(basile.getByRole("button", { name: "Accepter" })).toHaveCount(0);
    await takePictures(basile, "collective-proposed");
    await basile.goto("/");
    await expect(basile.getByText("Ce que vous avez corrigé ou décidé n’est pas encore reçu.")).toBeVisible();
    await expect(basile.getByText("Tout ce que vous avez terminé est reçu.")).toHaveCount(0);
    await server.start();
    await sync(basile);
    await expect(basile.getByText("n’est pas encore reçu")).toHaveCount(0);

    await sync(coordinator);
    await expect(coordinator.getByRole("link", { name: "Collectifs 1 proposition" })).toBeVisible();
    await coordinator.goto("/collectives");
    await expect(coordinator.locator("main li.row")).toContainText("Saint-Gilles");
    await expect(coordinator.locator("main li.row")).toContainText("1 proposition");
    await coordinator.getByRole("link", { name: ALIAS }).click();
    await expect(coordinator.locator(".sides")).toContainText("Basile");
    await takePictures(coordinator, "collective-proposal");
    await coordinator.getByRole("button", { name: "Accepter" }).click();
    await expect(coordinator.getByRole("button", { name: "Accepter" })).toHaveCount(0);
    await sync(coordinator);
    await sync(basile);
    await basile.goto("/collectives");
    await expect(basile.locator("main li.row")).toContainText("Uccle");
  });
  await first.remove();
  await second.remove();
});

/** A code of no collective: no character is that of the other. */
function otherCode(code: string): string {
  return [...code].map((letter) => (letter === "2" ? "3" : "2")).join("");
}
