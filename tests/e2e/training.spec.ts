// Training: the same app over a notebook of its own, which nothing leaves and which nothing real enters.
import { readFileSync } from "node:fs";
import { join as path } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { gallery } from "./gallery.ts";
import { readyOffline } from "./offline.ts";
import { invite, join, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { assetsFolder } from "./server.ts";
import { answerTheRest, beginAtNewCollective, choose, finish, question } from "./visit.ts";

const EXAMPLE = "Les Trois Théières";
const SUMMARY = "Une soupe pour s’exercer";
const BAND = "rien ne part d’ici";

test.setTimeout(300_000);

test("training goes on without a server, and nothing of it leaves or mixes with the notebook", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet des marronniers");
  const link = await invite(page, "Volontaire", "Iris");
  // From here on the coordinator's page adds nothing to the ledger.
  await page.close();
  const before = server.entries();
  const phone = new Phone(server.origin, info, guard);
  try {
    let open = await phone.open();
    const asked = requests(open.context());
    await open.goto("/");
    await readyOffline(open);
    await expectAccessible(open);
    await takePictures(open, "welcome");
    await enter(open);

    await test.step("from cold and without the server, the examples are there", async () => {
      await server.stop();
      await open.close();
      open = await phone.page();
      await open.goto("/");
      await expect(open.getByText(BAND)).toBeVisible();
      await open.getByRole("link", { name: "Collectifs" }).click();
      await expect(open.getByText("10 collectifs")).toBeVisible();
      await takePictures(open, "training-collectives");
      await open.getByRole("link", { name: EXAMPLE }).click();
      await expect(open.getByText("Exemple", { exact: true })).toBeVisible();
      await expect(open.getByRole("link", { name: "Carte à imprimer" })).toHaveCount(0);
      await expectAccessible(open);
      await takePictures(open, "training-collective");
    });

    await test.step("a visit is noted as an exercise", async () => {
      await open.goto("/");
      await open.getByRole("link", { name: "Nouvelle visite" }).first().click();
      await open.getByLabel("Chercher par surnom, commune ou code").fill("theieres");
      await open.getByRole("button", { name: EXAMPLE }).click();
      await answerTheRest(open, SUMMARY);
      await expect(open.getByText(BAND)).toBeInViewport();
      await takePictures(open, "training-visit");
      await finish(open);
      await expect(open.getByText("Exercice", { exact: true })).toBeVisible();
      await takePictures(open, "training-record");
      await open.goto("/");
      await expect(ownVisits(open).getByRole("link", { name: EXAMPLE })).toBeVisible();
      await expect(ownVisits(open).getByText("Exercice", { exact: true })).toBeVisible();
      await expectHonest(open);
      await expectAccessible(open);
      await takePictures(open, "training-home");
    });

    await test.step("an alert says that nobody receives it", async () => {
      await noteAlert(open);
      await expect(open.getByText("personne ne reçoit cette alerte")).toBeVisible();
      await expectHonest(open);
      await takePictures(open, "training-alert");
    });

    await test.step("pages of the campaign say why they are not there", async () => {
      for (const address of ["/invite", "/devices", "/syncs"]) {
        await open.goto(address);
        await expect(open.getByRole("heading", { name: "Pas en mode formation" })).toBeVisible();
      }
      await expectAccessible(open);
      await open.goto("/settings");
      for (const name of ["Copie de sauvegarde", "Remettre sans réseau", "Ce que le serveur voit"]) {
        await expect(open.getByRole("heading", { name })).toHaveCount(0);
      }
      await expectAccessible(open);
      await takePictures(open, "training-settings");
    });

    await test.step("with the server back, it is asked for the app's own files and for nothing else", async () => {
      await server.start();
      await open.goto("/");
      await expect(ownVisits(open).getByText("Exercice", { exact: true })).toBeVisible();
      // Longer than a notebook of a campaign waits before it syncs by itself.
      await open.waitForTimeout(17_000);
      expect(asked.filter((one) => !isFileOfTheApp(one))).toEqual([]);
      expect(asked.length).toBeGreaterThan(10);
      await gallery(open, server.origin, { "training-home": "/", "training-settings": "/settings" });
    });

    await test.step("the notebook has none of it", async () => {
      await open.goto("/");
      await open.getByRole("button", { name: "Quitter" }).click();
      await expect(open.getByRole("heading", { name: "Bienvenue sur le perron" })).toBeVisible();
      await join(open, link);
      await sync(open);
      await expect(open.getByText("Aucune visite ici pour l’instant.")).toBeVisible();
      await expect(open.getByText(BAND)).toHaveCount(0);
      await open.goto("/collectives");
      await expect(open.getByText("Aucun collectif ici.")).toBeVisible();
      await expect(open.getByText(EXAMPLE)).toHaveCount(0);
      expect(server.entries()).toBe(before);
    });

    await test.step("and the training has none of the notebook", async () => {
      await open.goto("/");
      await beginAtNewCollective(open, "Les Roseaux");
      await answerTheRest(open, "Une vraie soupe");
      await finish(open);
      await sync(open);
      await expect.poll(() => server.entries()).toBeGreaterThan(before);
      await open.goto("/settings");
      await enter(open);
      await expect(ownVisits(open).getByRole("link", { name: EXAMPLE })).toBeVisible();
      await open.goto("/collectives");
      await expect(open.getByText("10 collectifs")).toBeVisible();
      await expect(open.getByText("Les Roseaux")).toHaveCount(0);
    });

    await test.step("it begins again, and the notebook does not", async () => {
      await open.goto("/settings");
      await open.getByRole("button", { name: "Tout recommencer" }).click();
      await expectAccessible(open);
      await open.getByRole("button", { name: "Effacer et recommencer" }).click();
      await expect(open.getByText("Aucune visite ici pour l’instant.")).toBeVisible();
      await expect(open.getByRole("heading", { name: "Visites d’exemple" })).toBeVisible();
      await open.getByRole("button", { name: "Quitter" }).click();
      await expect(ownVisits(open).getByRole("link", { name: "Les Roseaux" })).toBeVisible();
    });
  } finally {
    await phone.remove();
  }
});

test("an invitation opened in training is the notebook's", async ({ page, browser, server, guard }) => {
  await setUp(page, server.setupLink(), "Carnet");
  const link = await invite(page, "Volontaire", "Iris");
  const context = await browser.newContext({ baseURL: server.origin });
  await guard(context);
  const guest = await context.newPage();
  await guest.goto("/");
  await enter(guest);
  await join(guest, link);
  await expect(guest.getByText(BAND)).toHaveCount(0);
  await guest.goto("/");
  await expect(guest.getByText("Aucune visite ici pour l’instant.")).toBeVisible();
  await expect(guest.getByText(BAND)).toHaveCount(0);
  await context.close();
});

for (const [what, damage] of [
  ["its key is gone", removeKey],
  ["its rows are damaged", spoilRows],
] as const) {
  test(`when ${what}, the training is made anew, and the notebook is as it was`, async ({ page, server }) => {
    await setUp(page, server.setupLink(), "Carnet");
    await page.goto("/");
    await beginAtNewCollective(page, "Les Roseaux");
    await answerTheRest(page, "Une vraie soupe");
    await finish(page);
    await page.goto("/settings");
    await readyOffline(page);
    await enter(page);
    await page.getByRole("link", { name: "Nouvelle visite" }).first().click();
    await page.getByLabel("Chercher par surnom, commune ou code").fill("theieres");
    await page.getByRole("button", { name: EXAMPLE }).click();
    await answerTheRest(page, SUMMARY);
    await finish(page);

    await page.evaluate(damage);
    await page.goto("/");
    await expect(page.getByText("Aucune visite ici pour l’instant.")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Visites d’exemple" })).toBeVisible();
    await page.getByRole("button", { name: "Quitter" }).click();
    await page.getByRole("link", { name: "Collectifs" }).first().click();
    await expect(page.getByRole("link", { name: "Les Roseaux" })).toBeVisible();
  });
}

/** Goes into the training from a page with its door. */
async function enter(page: Page): Promise<void> {
  await page.getByRole("button", { name: "S’exercer" }).click();
  await expect(page.getByText(BAND)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Visites d’exemple" })).toBeVisible();
}

/** What this person noted, at home. */
function ownVisits(page: Page) {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: "Mes visites" }) });
}

/** No record says that it was sent, or will be. */
async function expectHonest(page: Page): Promise<void> {
  const said = await page.locator("main").innerText();
  for (const word of ["Reçue", "En route", "Sur ce téléphone", "à envoyer", "Synchroniser", "Pas encore vue"]) {
    expect(said).not.toContain(word);
  }
}

async function noteAlert(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Alerte", exact: true }).click();
  await choose(page, "Les personnes concernées veulent cette alerte", "Oui");
  await choose(page, "Commune", "Saint-Gilles");
  for (const words of ["Type d’alerte", "Où en est-on ?", "Ménages concernés", "Aide demandée"]) {
    await question(page, words).locator("label").first().click();
  }
  await page.getByRole("button", { name: "Terminer" }).click();
}

/** Every request of a browser from now on, its service worker's too: `GET /path`. */
function requests(context: BrowserContext): string[] {
  const asked: string[] = [];
  context.on("request", (request) => {
    asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return asked;
}

/** A page, the worker, or a file that the worker keeps. */
function isFileOfTheApp(request: string): boolean {
  const list: { files: { path: string }[] } = JSON.parse(readFileSync(path(assetsFolder(), "build.json"), "utf8"));
  const files = list.files.map((file) => `GET /${file.path}`);
  const pages = ["/", "/collectives", "/new/visit", "/new/alert", "/settings", "/invite", "/devices", "/syncs"];
  const isRecord = /^GET \/(draft|record|collectives)\//.test(request);
  return files.includes(request) || pages.includes(request.replace("GET ", "")) || isRecord;
}

async function removeKey(): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  await folder.removeEntry("perron-training.key");
}

/** Other bytes in every history of the training. */
async function spoilRows(): Promise<void> {
  const opening = indexedDB.open("perron-training");
  const database = await new Promise<IDBDatabase>((done, failed) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const transaction = database.transaction("4", "readwrite");
  const store = transaction.objectStore("4");
  const keys = store.getAllKeys();
  keys.onsuccess = () => keys.result.forEach((key) => store.put(new Uint8Array(64), key));
  await new Promise((done) => (transaction.oncomplete = done));
  database.close();
}
