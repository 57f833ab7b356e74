// What a volunteer expects of the notebook in five months of visits, one expectation at a time.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { shiftClock } from "./clock.ts";
import { expect, test } from "./fixtures.ts";
import { invite, pressSync, setUp, sync } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question, saved } from "./visit.ts";

test.setTimeout(150_000);

test("a deleted draft can be taken back", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Glycines");
  await saved(page);
  await page.getByRole("button", { name: "Supprimer ce brouillon" }).click();
  await expect(page.getByText("Le brouillon est supprimé.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Les Glycines" })).toHaveCount(0);
  await takePictures(page, "draft-deleted");
  await page.getByRole("button", { name: "Le remettre" }).click();
  await page.getByRole("link", { name: "Les Glycines" }).click();
  await expect(page.getByLabel("Surnom du collectif")).toHaveValue("Les Glycines");

  await page.getByRole("button", { name: "Supprimer ce brouillon" }).click();
  await page.getByRole("link", { name: "Réglages" }).click();
  await page.goto("/");
  await expect(page.getByText("Le brouillon est supprimé.")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Les Glycines" })).toHaveCount(0);
});

test("a visit is repeated as a new one, without what was said that day", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Glycines");
  await answerTheRest(page, "Une soupe le jeudi");
  await finish(page);
  await page.getByRole("button", { name: "Refaire comme nouvelle visite" }).click();
  await expect(page.getByRole("heading", { name: "Nouvelle visite" })).toBeVisible();
  await expect(page.getByText("Les Glycines")).toBeVisible();
  await expect(question(page, "Quand ?").getByLabel("Aujourd’hui")).toBeChecked();
  const consent = question(page, "Le collectif accepte que je note cette visite");
  await expect(consent.getByRole("radio", { checked: true })).toHaveCount(0);
  await choose(page, "Le collectif accepte que je note cette visite", "Oui, et en chiffres anonymes");
  await expect(question(page, "Où en est l’accueil ?").getByLabel("Accueille en ce moment")).toBeChecked();
  await expect(page.getByRole("textbox", { name: "En une phrase" })).toHaveValue("");
  await expect(question(page, "Nuitées des 30 derniers jours").getByRole("textbox").first()).toHaveValue("");
});

test("a collective is found with a typing mistake, and one that is like it is offered", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Érables");
  await answerTheRest(page, "Une soupe le jeudi");
  await finish(page);

  await page.goto("/");
  await page.getByRole("link", { name: "Nouvelle visite" }).first().click();
  await page.getByLabel("Chercher par surnom, commune ou code").fill("erablas");
  await page.getByRole("button", { name: "Les Érables" }).click();
  await expect(page.getByText("Vous y étiez hier.")).toBeVisible();
  await takePictures(page, "visit-lately");
  await page.getByRole("button", { name: "Changer" }).click();

  await page.getByRole("button", { name: "Nouveau collectif" }).click();
  await page.getByLabel("Surnom du collectif").fill("Les erables");
  await expect(page.getByText("Déjà visité ?")).toHaveCount(0);
  await choose(page, "Commune", "Saint-Gilles");
  await expect(page.getByText("même commune, surnom presque identique, visité les mêmes jours")).toBeVisible();
  await choose(page, "Type d’habitat", "Habitat groupé");
  await expect(page.getByText("Déjà visité ?")).toHaveCount(1);
  await expect(page.getByText("même commune, même type d’habitat, surnom presque identique")).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "visit-alike");
  await page.getByRole("button", { name: "C’est « Les Érables »" }).click();
  await expect(page.getByText("Vous y étiez hier.")).toBeVisible();
  await expect(page.getByLabel("Surnom du collectif")).toBeHidden();

  // Twice on one day: each leads to the other.
  await answerTheRest(page, "Et des matelas");
  await finish(page);
  const sameDay = page.locator("section", { has: page.getByRole("heading", { name: "Le même jour, au même collectif" }) });
  await expect(sameDay.getByRole("link", { name: "Les Érables" })).toHaveCount(1);
  await takePictures(page, "visit-same-day");
  await sameDay.getByRole("link", { name: "Les Érables" }).click();
  await expect(page.getByText("Une soupe le jeudi")).toBeVisible();
  await expect(sameDay.getByRole("link", { name: "Les Érables" })).toHaveCount(1);
});

test("a collective under another alias is offered by its commune, its type and its district", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Érables");
  await answerTheRest(page, "Une soupe le jeudi");
  await sayDistrict(page);
  await finish(page);
  await page.goto("/");
  await beginAtNewCollective(page, "La Cour");
  await choose(page, "Quand ?", "Aujourd’hui");
  await expect(page.getByText("Déjà visité ?")).toHaveCount(0);
  await choose(page, "Le collectif accepte que je note cette visite", "Oui, et en chiffres anonymes");
  await sayDistrict(page);
  await expect(page.getByText("même commune, même quartier, même type d’habitat")).toBeVisible();
  // The suggestion is at the first question, out of sight by then: what stays in sight leads to it.
  const toIt = page.locator(".actions").getByRole("button", { name: "Déjà visité ?" });
  await expect(toIt).toBeInViewport();
  await expect(page.getByRole("button", { name: "C’est « Les Érables »" })).not.toBeInViewport();
  await takePictures(page, "visit-alike-further");
  await toIt.click();
  await expect(page.getByRole("button", { name: "C’est « Les Érables »" })).toBeInViewport();
  // Who refuses is not asked whether somebody was there.
  await choose(page, "Le collectif accepte que je note cette visite", /^Non$/);
  await expect(toIt).toHaveCount(0);
  await choose(page, "Le collectif accepte que je note cette visite", "Oui, et en chiffres anonymes");
  // Whoever stands at the door decides.
  await choose(page, "Où en est l’accueil ?", "Accueille en ce moment");
  await choose(page, "Nuitées des 30 derniers jours", "On ne sait pas");
  await finish(page);
  await page.goto("/collectives");
  await expect(page.getByRole("link", { name: /Les Érables|La Cour/ })).toHaveCount(2);
});

/** The district, in the folded block about the place. */
async function sayDistrict(page: Page): Promise<void> {
  await page.getByText("La vie du lieu").click();
  await question(page, "Quartier").getByRole("textbox").fill("16");
}

test("the language changes in the middle of a form, and a quote may run the other way", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "بيت الجيران");
  await choose(page, "Le collectif accepte que je note cette visite", "Oui, et en chiffres anonymes");
  await page.getByRole("combobox", { name: "Langue" }).selectOption("nl");
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await expect(page.getByRole("button", { name: "Afwerken" })).toBeVisible();
  const alias = page.locator("input.input").first();
  await expect(alias).toHaveValue("بيت الجيران");
  expect(await alias.evaluate((field) => getComputedStyle(field).direction)).toBe("rtl");
  await expectAccessible(page);
  await takePictures(page, "visit-dutch");
  await page.getByRole("combobox", { name: "Taal" }).selectOption("en");
  await expect(page.getByRole("button", { name: "Finish" })).toBeVisible();
  // It is remembered.
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The shared notebook");
});

test("the history of syncs says what failed and what to do", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await sync(page);
  await server.kill();
  await pressSync(page);
  await expect(page.getByText("Le serveur n’a pas répondu.")).toBeVisible();
  await page.getByRole("link", { name: "Historique" }).click();
  await expect(page.getByRole("heading", { name: "Historique des synchronisations" })).toBeVisible();
  await expect(page.locator(".sync-record").first()).toContainText("Le serveur n’a pas répondu.");
  await expect(page.locator(".sync-record").last()).toContainText("Réussie");
  await expectAccessible(page);
  await takePictures(page, "syncs");
  await page.reload();
  await expect(page.locator(".sync-record").last()).toContainText("Réussie");
  // A start without a network knows of it too.
  await page.goto("/");
  await expect(page.getByText("Dernière synchronisation réussie")).toBeVisible();
  await expect(page.getByText("Pas encore synchronisé")).toHaveCount(0);
});

for (const years of [-5, 5]) {
  test(`a clock that is ${years} years off is told, and nothing else changes`, async ({ page, server }) => {
    await shiftClock(page, years * 365 * 86_400_000);
    await setUp(page, server.setupLink(), "Carnet");
    await sync(page);
    await expect(page.getByText("L’heure de ce téléphone est fausse d’environ")).toBeVisible();
    await beginAtNewCollective(page, "Les Glycines");
    await answerTheRest(page, "Une soupe le jeudi");
    await finish(page);
    await expect(page.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  });
}

/** What an iPhone calls itself, and an iPad: a Mac, but for its touch screen. */
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15";

test("an ordinary tab of an iPad is told to install first; an installed app and a Mac are not", async (
  { page, server, browser, guard },
) => {
  await setUp(page, server.setupLink(), "Carnet");
  const link = await invite(page, "Volontaire", "Zoé");
  const first = "Installez d’abord Perron sur l’écran d’accueil";
  const open = async (touches: number, standalone: boolean) => {
    const context = await browser.newContext({ baseURL: server.origin, userAgent: IPAD });
    await guard(context);
    await context.addInitScript(pretend, { touches, standalone });
    const tablet = await context.newPage();
    await tablet.goto(link);
    return tablet;
  };
  const tab = await open(5, false);
  await expect(tab.getByText(first)).toBeVisible();
  await expect(tab.getByRole("button", { name: "Rejoindre" })).toHaveCount(0);
  for (const other of [await open(5, true), await open(0, false)]) {
    await expect(other.getByRole("button", { name: "Rejoindre" })).toBeVisible();
    await expect(other.getByText(first)).toHaveCount(0);
    await other.context().close();
  }
  await tab.context().close();
});

/** Runs in the page: Chromium emulates neither the touch screen of a Mac nor a display mode. */
function pretend({ touches, standalone }: { touches: number; standalone: boolean }): void {
  Object.defineProperty(navigator, "maxTouchPoints", { value: touches });
  const real = matchMedia;
  const asks = (query: string) => query.includes("display-mode: standalone");
  globalThis.matchMedia = (query) => (asks(query) ? ({ matches: standalone } as MediaQueryList) : real(query));
}

test("an ordinary tab of an iPhone is told to install first", async ({ page, server, browser, guard }) => {
  await setUp(page, server.setupLink(), "Carnet");
  const link = await invite(page, "Volontaire", "Zoé");
  const agent = IPHONE;
  const context = await browser.newContext({ baseURL: server.origin, userAgent: agent });
  await guard(context);
  const phone = await context.newPage();
  await phone.goto(link);
  await expect(phone.getByText("Installez d’abord Perron sur l’écran d’accueil")).toBeVisible();
  await expect(phone.getByRole("button", { name: "Rejoindre" })).toHaveCount(0);
  await expectAccessible(phone);
  await takePictures(phone, "join-iphone");
  await phone.getByRole("button", { name: "Continuer ici, pour essayer seulement" }).click();
  await phone.getByRole("button", { name: "Rejoindre" }).click();
  await expect(phone.getByRole("heading", { name: "C’est fait" })).toBeVisible();
  await context.close();

  // Installed, nothing stands in the way.
  const installed = await browser.newContext({ baseURL: server.origin, userAgent: agent });
  await installed.addInitScript(() => Object.defineProperty(navigator, "standalone", { value: true }));
  const app = await installed.newPage();
  await app.goto(link);
  await expect(app.getByRole("button", { name: "Rejoindre" })).toBeVisible();
  await installed.close();
});

test("installing is offered once there is something to come back to, and not again after a no", async ({ page, server }) => {
  await page.addInitScript(() => {
    // Chromium without a window makes no offer.
    addEventListener("DOMContentLoaded", () => {
      const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
        prompt: async () => sessionStorage.setItem("asked", "yes"),
        userChoice: Promise.resolve({ outcome: "accepted" }),
      });
      dispatchEvent(offer);
      sessionStorage.setItem("held back", String(offer.defaultPrevented));
    });
  });
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Synchroniser" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Installer" })).toHaveCount(0);
  expect(await page.evaluate(() => sessionStorage.getItem("held back"))).toBe("true");
  await beginAtNewCollective(page, "Les Glycines");
  await answerTheRest(page, "Une soupe le jeudi");
  await finish(page);
  await page.goto("/");
  await page.getByRole("button", { name: "Installer" }).click();
  await expect(page.getByRole("button", { name: "Installer" })).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("asked"))).toBe("yes");
  await page.goto("/");
  await page.getByRole("button", { name: "Non merci" }).click();
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Synchroniser" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Installer" })).toHaveCount(0);
});

test("a card to print says nothing of what it is for, in three languages", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet des marronniers");
  await page.goto("/settings");
  await page.getByLabel("Comment joindre la coordination").fill("accueil@marronniers.example");
  await page.getByLabel("Jours avant qu’une visite reçue quitte les téléphones").fill("30");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Enregistré.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Jours avant qu’une visite reçue quitte les téléphones")).toHaveValue("30");
  await expectAccessible(page);
  await takePictures(page, "settings-campaign");

  await page.goto("/");
  await beginAtNewCollective(page, "Les Glycines");
  await answerTheRest(page, "Une soupe le jeudi");
  await finish(page);
  await page.goto("/collectives");
  await page.getByRole("link", { name: "Les Glycines" }).click();
  const code = (await page.locator(".plate span:not(.hidden-words)").allInnerTexts()).join(" ");
  expect(code).toMatch(/^[0-9A-Z]{3} [0-9A-Z]{3}$/);
  await page.getByRole("link", { name: "Carte à imprimer" }).click();
  await expect(page.getByText("Ces mots disent à quoi sert la carte : accueil, marronniers.")).toBeVisible();
  await page.getByLabel("Comment joindre la coordination").fill("02 000 00 00");
  await expect(page.getByText("Ces mots disent à quoi sert la carte")).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, "card");
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => document.body.innerText);
  for (const words of ["Vous pouvez relire, corriger, effacer.", "U kunt nalezen", "You can read again", "02 000 00 00", code]) {
    expect(printed).toContain(words);
  }
  for (const words of ["Glycines", "marronniers", "Saint-Gilles", "Perron", "visite", "Imprimer"]) {
    expect(printed).not.toContain(words);
  }
});

test("going back after finishing finds no form that could overwrite the visit", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Glycines");
  await answerTheRest(page, "Une soupe le jeudi");
  await saved(page);
  const draft = page.url();
  await page.getByRole("link", { name: "Fermer : le brouillon reste" }).click();
  await page.getByRole("link", { name: "Les Glycines" }).click();
  await finish(page);
  await page.goBack();
  await page.goBack();
  expect(page.url()).toBe(draft);
  await expect(page.getByRole("button", { name: "Terminer" })).toHaveCount(0);
});
