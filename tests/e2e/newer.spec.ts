// What a newer app wrote: said so, left as it is, and never taken for a new phone.
import { expectAccessible } from "./accessibility.ts";
import { besideTheApp, contents, raise, remake, rowCount } from "./database.ts";
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { lineOf, note } from "./visit.ts";

test.setTimeout(120_000);

/** From this version on an older app must not open a database. */
const NEWER = 100;

test("a newer app's database is told, and neither opened, emptied nor taken for a new phone", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet de demain");
  const link = await invite(page, "Volontaire", "Nour");
  const phone = new Phone(server.origin, info, guard);
  try {
    let open = await phone.open();
    await join(open, link);
    await note(open, "Les Futurs", "Noté par une version plus récente");
    await phone.close();

    open = await besideTheApp(phone);
    const known = await contents(open);
    const before = await raise(open, NEWER);
    expect(rowCount(before)).toBeGreaterThan(0);
    for (const path of ["/", "/new/visit", "/visits", "/settings", new URL(link).pathname]) {
      await open.goto(path);
      await expect(open.getByText("Une version plus récente de Perron a écrit ici.")).toBeVisible();
      await expect(open.getByRole("heading", { level: 1 })).toHaveText("Le carnet ne s’ouvre pas");
      await expect(open.getByRole("textbox")).toHaveCount(0);
    }
    await takePictures(open, "newer");
    await expectAccessible(open);
    const reloaded = open.waitForEvent("load");
    await open.getByRole("button", { name: "Réessayer" }).click();
    await reloaded;
    await expect(open.getByText("Une version plus récente de Perron a écrit ici.")).toBeVisible();

    await open.goto("/healthz");
    expect(await contents(open)).toEqual(before);
    // An app that knows the format finds everything again: the key, too, was left alone.
    await remake(open, known.version, Object.keys(known.stores).length);
    await open.goto("/");
    await expect(lineOf(open, "Les Futurs")).toHaveCount(1);
  } finally {
    await phone.remove();
  }
});
