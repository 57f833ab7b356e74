// What waits too long is told: how long the oldest has waited, and another way to hand it over.
import { shiftClock } from "./clock.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { setUp } from "./people.ts";
import { beginAtNewCollective, note, saved } from "./visit.ts";

const DAY = 86_400_000;
const WAITS = /La plus ancienne attend depuis/;

test.setTimeout(150_000);

test("the oldest visit that is not received is told with its days, until it is received", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await readyOffline(page);
  await server.stop();
  await note(page, "Les Sureaux", "La première");
  await page.goto("/");
  const count = page.locator(".sync-count");
  await expect(count).toHaveText("1 visite n’est pas encore reçue.");

  await shiftClock(page, DAY);
  await page.goto("/");
  await expect(count).toHaveText("1 visite n’est pas encore reçue. La plus ancienne attend depuis 1 jour.");
  await note(page, "Les Glycines", "La seconde");

  await shiftClock(page, 2 * DAY);
  await page.goto("/");
  await expect(count).toHaveText("2 visites ne sont pas encore reçues. La plus ancienne attend depuis 3 jours.");
  const hint = page.getByRole("link", { name: "Toujours pas de réseau ?" });
  await hint.click();
  await expect(page.getByRole("button", { name: "Préparer le fichier" })).toBeVisible();

  await page.goto("/");
  await server.start();
  await expect(count).toHaveText("Tout ce que vous avez terminé est reçu.", { timeout: 40_000 });
  await expect(page.getByText(WAITS)).toHaveCount(0);
  await expect(hint).toHaveCount(0);
});

test("a draft of fourteen days is reminded of, and no younger one", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Sureaux");
  await saved(page);
  const reminder = page.getByText("terminez-le ou supprimez-le.");
  await shiftClock(page, 13 * DAY);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "À finir" })).toBeVisible();
  await expect(reminder).toHaveCount(0);
  await shiftClock(page, DAY);
  await page.goto("/");
  await expect(page.getByText("Un brouillon attend depuis 14 jours")).toBeVisible();
});
