// What a person carries in a file: visits for a coordinator where there is no network, and a backup from
// which another phone begins. Neither loses or doubles anything.
import type { Page } from "@playwright/test";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expectAccessible } from "./accessibility.ts";
import { campaign } from "./campaign.ts";
import { backUp, handOver, restore, takeIn } from "./files.ts";
import { expect, test } from "./fixtures.ts";
import { filesBelow, placesOf } from "./hunt.ts";
import { confirm, invite, joinAgain, pressSync, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import { beginAtNewCollective, lineOf, note, saved } from "./visit.ts";

const NAMES = { campaign: "Carnet des marronniers", volunteer: "Philomène" };
const WORDS = ["Réverbères", "rideaux jaunes", "Glycines", "Philomène", "Saint-Gilles"];

test.setTimeout(300_000);

async function begin(page: Page, alias: string): Promise<void> {
  await page.goto("/");
  await beginAtNewCollective(page, alias);
  await saved(page);
}

test("a volunteer who finds no network delivers by a file, once", async ({ page, server, guard }, info) => {
  const coordinator = page;
  const phone = new Phone(server.origin, info, guard);
  let volunteer = await campaign(coordinator, server.setupLink(), phone, NAMES);
  await server.kill();
  await note(volunteer, "Les Réverbères", "Des rideaux jaunes");
  await begin(volunteer, "Les Glycines");
  const file = await handOver(volunteer);
  await expectAccessible(volunteer);
  expect(filesBelow(dirname(file))).toHaveLength(1);
  expect(placesOf(WORDS, dirname(file)), "the file").toEqual([]);
  await volunteer.goto("/");
  await expect(lineOf(volunteer, "Les Réverbères")).toContainText("Sur ce téléphone");
  await phone.close();

  await test.step("the coordinator takes it in without a network, and twice", async () => {
    await takeIn(coordinator, file);
    await expect(coordinator.getByText("1 envoi pris ici.")).toBeVisible();
    await expect(coordinator.getByText("1 envoi d’un autre téléphone attend d’être transmis.")).toBeVisible();
    await expectAccessible(coordinator);
    await takeIn(coordinator, file);
    await expect(coordinator.getByText("1 envoi était déjà ici.")).toBeVisible();
    await coordinator.goto("/visits");
    await expect(lineOf(coordinator, "Les Réverbères")).toContainText("Sur ce téléphone");
  });

  await test.step("what is no such file, or was altered, is told and not taken", async () => {
    const altered = readFileSync(file);
    altered[altered.length >> 1] ^= 1;
    writeFileSync(`${file}.altered`, altered);
    await takeIn(coordinator, `${file}.altered`);
    await expect(coordinator.getByText("Ce fichier est abîmé ou a été modifié en route.")).toBeVisible();
    writeFileSync(`${file}.txt`, "Bonjour");
    await takeIn(coordinator, `${file}.txt`);
    await expect(coordinator.getByText("Ce fichier ne vient pas de Perron.")).toBeVisible();
  });

  await test.step("it is passed on by the coordinator's next sync", async () => {
    await server.start();
    await sync(coordinator);
    await coordinator.goto("/visits");
    await expect(lineOf(coordinator, "Les Réverbères")).toContainText("Reçue");
    await takeIn(coordinator, file);
    await expect(coordinator.getByText("1 envoi était déjà ici.")).toBeVisible();
    await expect(coordinator.getByText("attend d’être transmis")).toHaveCount(0);
  });

  await test.step("the volunteer's own sync gets the receipt, and doubles nothing", async () => {
    volunteer = await phone.open();
    await volunteer.goto("/");
    await pressSync(volunteer);
    await expect(lineOf(volunteer, "Les Réverbères")).toContainText("Reçue");
    await expect(volunteer.getByRole("link", { name: "Les Glycines" })).toBeVisible();
    await volunteer.goto("/settings");
    await volunteer.getByRole("button", { name: "Préparer le fichier" }).click();
    await expect(volunteer.getByText("Rien à remettre")).toBeVisible();
    await sync(coordinator);
    await coordinator.goto("/visits");
    await expect(coordinator.locator("main").getByRole("listitem")).toHaveCount(1);
    await coordinator.goto("/collectives");
    await expect(coordinator.getByRole("link", { name: "Les Réverbères" })).toHaveCount(1);
  });
  await phone.remove();
});

test("a phone begins with the backup of another, and both live on", async ({ page, server, guard }, info) => {
  const coordinator = page;
  const phone = new Phone(server.origin, info, guard);
  const second = new Phone(server.origin, info, guard);
  let volunteer = await campaign(coordinator, server.setupLink(), phone, NAMES);
  await note(volunteer, "Les Acacias", "Une visite reçue");
  await expect(volunteer.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await server.kill();
  await note(volunteer, "Les Réverbères", "Des rideaux jaunes");
  await begin(volunteer, "Les Glycines");
  const { file, code } = await backUp(volunteer);
  await expectAccessible(volunteer);
  expect(placesOf([...WORDS, code.replace(/ /g, "")], dirname(file)), "the file").toEqual([]);
  const bundles = await handOver(volunteer);
  expect((await backUp(volunteer)).code, "one code for all backups").toBe(code);
  await phone.close();
  await server.start();

  let copy = await second.open();
  await test.step("another code, another file: told, and nothing is stored", async () => {
    const wrong = `${code[0] === "0" ? "1" : "0"}${code.slice(1)}`;
    await restore(copy, file, wrong);
    await expect(copy.getByText("Ce n’est pas le code de cette copie.")).toBeVisible();
    await restore(copy, bundles, code);
    await expect(copy.getByText("Ce n’est pas une copie de sauvegarde.")).toBeVisible();
    await expectAccessible(copy);
    await takeIn(coordinator, file);
    await expect(coordinator.getByText("Ce fichier est une copie de sauvegarde.")).toBeVisible();
  });

  await test.step("visits and draft are there; what was ready is delivered", async () => {
    await restore(copy, file, code.toLowerCase());
    await expect(copy.getByText("Ce téléphone est une copie d’un autre.")).toBeVisible();
    await expect(copy.getByRole("link", { name: "Les Glycines" })).toBeVisible();
    await expect(lineOf(copy, "Les Acacias")).toContainText("Reçue");
    await expect(lineOf(copy, "Les Réverbères")).toContainText("Reçue", { timeout: 30_000 });
    await expectAccessible(copy);
    await copy.getByRole("link", { name: "Les Glycines" }).click();
    await expect(copy.getByLabel("Surnom du collectif")).toHaveValue("Les Glycines");
  });

  await test.step("what is noted on the copy waits; the phone before goes on", async () => {
    await note(copy, "Les Troènes", "Noté sur la copie");
    await sync(copy);
    await expect(copy.getByText("Ce téléphone est une copie. Ce que vous y notez de nouveau")).toBeVisible();
    await expect(lineOf(copy, "Les Troènes")).toContainText("Sur ce téléphone");
    // Closed and opened it is still a copy.
    await second.close();
    copy = await second.open();
    await copy.goto("/");
    await expect(copy.getByText("Ce téléphone est une copie d’un autre.")).toBeVisible();

    volunteer = await phone.open();
    await note(volunteer, "Les Sureaux", "Noté sur l’ancien téléphone");
    await sync(volunteer);
    await expect(lineOf(volunteer, "Les Réverbères")).toContainText("Reçue");
    await expect(lineOf(volunteer, "Les Sureaux")).toContainText("Reçue");
    await expect(volunteer.getByText("Ce téléphone est une copie")).toHaveCount(0);
  });

  await test.step("an invitation for a further phone makes it one of its own", async () => {
    const others = await invite(coordinator, "Volontaire", "Gaspard");
    await joinAgain(copy, others);
    await expect(copy.getByText("Cette invitation est pour quelqu’un d’autre.")).toBeVisible();

    await coordinator.goto("/devices");
    await coordinator.getByRole("button", { name: "Inviter un autre téléphone de Philomène" }).click();
    const link = (await coordinator.getByLabel("Lien d’invitation").innerText()).trim();
    await expectAccessible(coordinator);
    await joinAgain(copy, link);
    await expect(copy.getByRole("heading", { name: "C’est fait" })).toBeVisible();
    await confirm(coordinator, "Philomène");
    await sync(copy);
    await expect(copy.getByText("Ce téléphone est une copie")).toHaveCount(0);
    await expect(lineOf(copy, "Les Troènes")).toContainText("Reçue");
  });

  await test.step("everything is there once, for everybody", async () => {
    await sync(volunteer);
    await sync(copy);
    await sync(coordinator);
    await coordinator.goto("/visits");
    for (const alias of ["Les Acacias", "Les Réverbères", "Les Troènes", "Les Sureaux"]) {
      await expect(lineOf(coordinator, alias)).toHaveCount(1);
      await expect(lineOf(copy, alias)).toHaveCount(1);
      await expect(lineOf(copy, alias)).toContainText("Reçue");
    }
    await expect(coordinator.locator("main").getByRole("listitem")).toHaveCount(4);
    await expect(coordinator.getByText("à trancher")).toHaveCount(0);
    await coordinator.goto("/collectives");
    await expect(coordinator.locator("main").getByRole("link", { name: /^Les / })).toHaveCount(4);
    // What a member's other phone wrote reaches both from now on.
    await note(copy, "Les Lilas", "Après le renouvellement");
    await sync(copy);
    await sync(volunteer);
    await expect(lineOf(volunteer, "Les Lilas")).toContainText("Reçue");
  });
  await phone.remove();
  await second.remove();
});

test("a lone coordinator's backup takes itself in", async ({ page, server, guard }, info) => {
  await setUp(page, server.setupLink(), "Carnet");
  await note(page, "Les Acacias", "Une visite");
  await sync(page);
  const { file, code } = await backUp(page);
  const before = await deviceOf(page);

  const second = new Phone(server.origin, info, guard);
  const copy = await second.open();
  await restore(copy, file, code);
  await expect(copy.getByRole("heading", { name: "Le carnet commun" })).toBeVisible();
  await expect(copy.getByText("Cet appareil est une copie d’un autre.")).toHaveCount(0, { timeout: 30_000 });
  await sync(copy);
  await note(copy, "Les Troènes", "Noté sur la copie");
  await sync(copy);
  await expect(copy.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible();
  expect(await deviceOf(copy)).not.toBe(before);
  // It is a coordinator's still, and can invite.
  await invite(copy, "Volontaire", "Zoé");

  await sync(page);
  await page.goto("/visits");
  await expect(page.locator("main").getByRole("listitem")).toHaveCount(2);
  await page.goto("/devices");
  await expect(page.locator("main").getByText("Cet appareil", { exact: false })).toHaveCount(1);
  await second.remove();
});

test("where the browser shares files, the sheet gets the same file; a refusal is told", async ({ page, server }) => {
  await page.addInitScript(() => {
    const shared: { name: string; size: number }[] = [];
    const window = globalThis as unknown as { shared: typeof shared; refusal: string };
    Object.assign(window, { shared, refusal: "" });
    Object.assign(navigator, {
      canShare: (data: ShareData) => data.files?.length === 1,
      share: async (data: ShareData) => {
        if (window.refusal) throw new DOMException("no", window.refusal);
        for (const file of data.files ?? []) shared.push({ name: file.name, size: file.size });
      },
    });
  });
  await setUp(page, server.setupLink(), "Carnet");
  const { file } = await backUp(page);
  const press = () => page.getByRole("button", { name: "Partager…" }).click();
  await press();
  await expect(page.getByText("Remis au téléphone.")).toBeVisible();
  const shared = await page.evaluate(() => (globalThis as unknown as { shared: unknown }).shared);
  expect(shared).toEqual([{ name: file.split("/").at(-1), size: readFileSync(file).length }]);
  const refuse = (name: string) =>
    page.evaluate((name) => ((globalThis as unknown as { refusal: string }).refusal = name), name);
  await refuse("NotAllowedError");
  await press();
  await expect(page.getByText("Ce navigateur n’a pas voulu partager ce fichier")).toBeVisible();
  await refuse("AbortError");
  await press();
  await expect(page.getByText("n’a pas voulu partager")).toHaveCount(0);
});

/** Pastes an invitation where a copy asks for one, and joins by it. */
async function deviceOf(page: Page): Promise<string> {
  await page.goto("/settings");
  return page.locator(".facts code").innerText();
}
