// The app's second file: no part of the first load, kept for the time without a network, asked for again.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { invite, join, pressSync, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { answerTheRest, beginAtNewCollective, finish, saved } from "./visit.ts";

const SECOND_FILE = /client_later-[0-9a-f]{16}\.wasm$/;

/** What a page itself fetches; its service worker fetches on its own account. */
function fetched(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

test.setTimeout(150_000);

test("a guest joins, notes a visit, sees it listed and syncs without it; then it is there without a network", async ({
  page,
  server,
  guard,
}, info) => {
  await setUp(page, server.setupLink(), "Réseau du canal");
  const link = await invite(page, "Volontaire", "Aïcha");
  const phone = new Phone(server.origin, info, guard);
  try {
    const guest = await phone.open();
    const paths = fetched(guest);
    await join(guest, link);
    await guest.getByRole("link", { name: "Ouvrir mon carnet" }).click();
    await beginAtNewCollective(guest, "Les Glycines");
    await answerTheRest(guest, "Une soupe le jeudi");
    await saved(guest);
    await guest.getByRole("link", { name: "Perron" }).first().click();
    await expect(guest.getByRole("link", { name: /Les Glycines/ })).toBeVisible();
    await pressSync(guest);
    expect(paths.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
    expect(paths.filter((path) => SECOND_FILE.test(path))).toEqual([]);

    await readyOffline(guest);
    await server.stop();
    await guest.getByRole("link", { name: /Les Glycines/ }).click();
    await finish(guest);
    await expect(guest.getByText("Une soupe le jeudi")).toBeVisible();
    expect(paths.filter((path) => SECOND_FILE.test(path))).toHaveLength(1);
    await guest.goto("/settings");
    await expect(guest.getByText("Prêt sans réseau")).toBeVisible();
    await guest.goto("/notes");
    await expect(guest.getByRole("heading", { name: "Autres notes" })).toBeVisible();
  } finally {
    await phone.remove();
  }
});

test("what cannot be loaded says so and can be asked for again", async ({ page }) => {
  // As in some private windows: then nothing stands between the page and the network.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
  await page.route(SECOND_FILE, (route) => route.abort());
  await page.goto("/settings");
  await expect(page.getByText("n’a pas pu être chargée")).toBeVisible();
  await page.unroute(SECOND_FILE);
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("heading", { name: "Réglages" })).toBeVisible();
});
