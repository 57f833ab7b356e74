// Data of every older format is brought to the newest, and everything noted is still there.
import { besideTheApp, contents, remake } from "./database.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { confirm, invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { beginAtNewCollective, lineOf, note, saved } from "./visit.ts";

test.setTimeout(180_000);

/** Every format before the newest, and how many stores it had; the newest. */
const OLDER = [
  { version: 1, stores: 10 },
  { version: 2, stores: 12 },
];
const NEWEST = { version: 3, stores: 14 };
const NAMES = Array.from({ length: NEWEST.stores }, (_, at) => String(at + 1)).sort();

for (const { version, stores } of OLDER) {
  test(`a database of version ${version} is brought to the newest with everything that is noted`, async (
    { page, server, guard },
    info,
  ) => {
    await setUp(page, server.setupLink(), "Carnet ancien");
    const link = await invite(page, "Volontaire", "Odile");
    const phone = new Phone(server.origin, info, guard);
    try {
      let open = await phone.open();
      await join(open, link);
      await readyOffline(open);
      await note(open, "Les Anciens", "Noté et reçu avant la mise à jour");
      await expect(open.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
      await server.stop();
      await note(open, "Les Patients", "Noté et pas encore envoyé");
      await open.goto("/");
      await beginAtNewCollective(open, "Les Inachevés");
      await saved(open);
      await phone.close();

      await server.start();
      open = await besideTheApp(phone);
      const old = await remake(open, version, stores);
      expect(old.version).toBe(version);
      expect(Object.keys(old.stores)).toHaveLength(stores);

      await open.goto("/");
      for (const alias of ["Les Anciens", "Les Patients", "Les Inachevés"]) {
        await expect(lineOf(open, alias)).toHaveCount(1);
      }
      await lineOf(open, "Les Anciens").getByRole("link").click();
      await expect(open.getByText("Noté et reçu avant la mise à jour")).toBeVisible();
      await note(open, "Les Suivants", "Noté après la mise à jour");
      await open.goto("/");
      await expect(open.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 30_000 });
      await lineOf(open, "Les Inachevés").getByRole("link").click();
      await expect(open.getByLabel("Surnom du collectif")).toHaveValue("Les Inachevés");
      await phone.close();

      const now = await contents(await besideTheApp(phone));
      expect(now.version).toBe(NEWEST.version);
      expect(Object.keys(now.stores).sort()).toEqual(NAMES);
    } finally {
      await phone.remove();
    }

    await confirm(page, "Odile");
    await page.goto("/visits");
    for (const alias of ["Les Anciens", "Les Patients", "Les Suivants"]) {
      await expect(lineOf(page, alias)).toHaveCount(1, { timeout: 30_000 });
    }
    await expect(lineOf(page, "Les Inachevés")).toHaveCount(0);
  });

  test(`an empty database of version ${version} is a new phone's, which joins and notes`, async (
    { page, server, guard },
    info,
  ) => {
    await setUp(page, server.setupLink(), "Carnet ancien");
    const link = await invite(page, "Volontaire", "Odile");
    const phone = new Phone(server.origin, info, guard);
    try {
      const open = await besideTheApp(phone);
      await remake(open, version, stores);
      await open.goto("/");
      await expect(open.getByRole("heading", { name: "Bienvenue sur le perron" })).toBeVisible();
      await join(open, link);
      await note(open, "Les Premiers", "Noté dans une base ancienne et vide");
      await expect(open.getByText("Reçue", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
      await phone.close();
      const now = await contents(await besideTheApp(phone));
      expect(now.version).toBe(NEWEST.version);
      expect(Object.keys(now.stores).sort()).toEqual(NAMES);
    } finally {
      await phone.remove();
    }
  });
}
