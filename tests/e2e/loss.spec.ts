// The browser loses what was stored: that is told as a loss, and never taken for a new phone.
import { closeSync, ftruncateSync, openSync, readdirSync, rmSync, statSync, writeSync } from "node:fs";
import { join as path } from "node:path";
import { expect, test } from "./fixtures.ts";
import { filesBelow } from "./hunt.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { answerTheRest, beginAtNewCollective, finish } from "./visit.ts";

test.setTimeout(240_000);

/** Ways in which a store was seen to break; the browser reports hardly any of them. */
const DAMAGES: Record<string, (store: string) => void> = {
  "the whole store is gone": (store) => {
    for (const name of readdirSync(store)) rmSync(path(store, name), { recursive: true });
  },
  "its list of files is overwritten": (store) => overwrite(largest(store, /MANIFEST/)),
  "its newest file is overwritten": (store) => overwrite(largest(store, /\.(log|ldb)$/)),
};

for (const [what, damage] of Object.entries(DAMAGES)) {
  test(`${what}: the loss is told with what is known of it`, async ({ page, server, guard }, info) => {
    await setUp(page, server.setupLink(), "Carnet fragile");
    const link = await invite(page, "Volontaire", "Iris");
    const phone = new Phone(server.origin, info, guard);
    try {
      const open = await phone.open();
      await join(open, link);
      await expect(open.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
      await server.kill();
      await open.goto("/");
      await beginAtNewCollective(open, "Les Roseaux");
      await answerTheRest(open, "Une phrase qui va se perdre");
      await finish(open);
      await phone.close();

      damage(store(phone.profile));
      const again = await phone.open();
      await again.goto("/");
      await expect(again.getByRole("heading", { name: "Des notes manquent sur cet appareil" })).toBeVisible();
      await expect(again.getByText("1 note était enregistrée ici.")).toBeVisible();
      await expect(again.getByText("1 note n’était pas encore reçue par le serveur.")).toBeVisible();
      // Whatever a person does but say that it is understood, it stays a loss.
      await again.goto("/new/visit");
      await expect(again.getByRole("heading", { name: "Des notes manquent sur cet appareil" })).toBeVisible();
      await again.getByRole("button", { name: "J’ai compris" }).click();
      await expect(again.getByRole("heading", { name: "Bienvenue sur le perron" })).toBeVisible();
    } finally {
      await phone.remove();
    }
  });
}

/** The folder of the app's IndexedDB. */
function store(profile: string): string {
  const found = filesBelow(profile).find((file) => /IndexedDB\/.*\.leveldb\/MANIFEST/.test(file));
  if (!found) throw new Error("the browser keeps no database");
  return path(found, "..");
}

function largest(folder: string, name: RegExp): string {
  const files = readdirSync(folder).filter((file) => name.test(file)).map((file) => path(folder, file));
  const found = files.sort((a, b) => statSync(b).size - statSync(a).size)[0];
  if (!found) throw new Error(`no ${name} in ${folder}`);
  return found;
}

/** Other bytes in the first quarter, where every reader passes; what follows is cut off. */
function overwrite(file: string): void {
  const size = statSync(file).size;
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(Math.max(64, size >> 2), 0x5a), 0, undefined, 0);
  ftruncateSync(handle, Math.max(64, size >> 1));
  closeSync(handle);
}
