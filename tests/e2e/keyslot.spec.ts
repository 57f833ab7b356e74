// A browser without a place for the key, as some private windows are: nobody can note anything there, and what
// was noted before is left alone.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { besideTheApp, contents, rowCount } from "./database.ts";
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { lineOf, note } from "./visit.ts";

test.setTimeout(120_000);

/** The browser itself leaves the private file system out, for pages and workers. */
const WITHOUT_FILE_SYSTEM = "--disable-blink-features=FileSystemAccessOriginPrivate";

test("without a place for the key nothing can be noted, and an invitation is not used up", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet fermé");
  const link = await invite(page, "Volontaire", "Pia");
  const phone = new Phone(server.origin, info, guard);
  try {
    phone.args = [WITHOUT_FILE_SYSTEM];
    const open = await phone.open();
    await expectClosed(open, ["/", "/new/visit", "/new/alert", "/settings", link]);
    await takePictures(open, "no-key-slot");
    await expectAccessible(open);
    await open.goto("/healthz");
    expect(rowCount(await contents(open))).toBe(0);
    await phone.close();

    phone.args = [];
    await join(await phone.open(), link);
  } finally {
    await phone.remove();
  }
});

test("a phone whose browser hides the key is no new phone, and has everything once the key is there", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet fermé");
  const link = await invite(page, "Volontaire", "Pia");
  const phone = new Phone(server.origin, info, guard);
  try {
    let open = await phone.open();
    await join(open, link);
    await note(open, "Les Volets", "Noté avant");
    await phone.close();

    phone.args = [WITHOUT_FILE_SYSTEM];
    open = await besideTheApp(phone);
    const before = await contents(open);
    await expectClosed(open, ["/", "/new/visit", link]);
    await open.goto("/healthz");
    expect(await contents(open)).toEqual(before);
    await phone.close();

    phone.args = [];
    open = await phone.open();
    await open.goto("/");
    await expect(lineOf(open, "Les Volets")).toHaveCount(1);
  } finally {
    await phone.remove();
  }
});

test("where the key's worker does not start nothing can be noted", async ({ page }) => {
  // As in some private windows: then nothing stands between the page and the network.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
  await page.route("**/key-slot.js", (route) => route.abort());
  await expectClosed(page, ["/", "/new/visit"]);
});

/** At each address there is the sentence, and nothing to write in or to press but "again". */
async function expectClosed(page: Page, addresses: string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByText("Ce navigateur ne sait pas garder une clé en lieu sûr.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Le carnet ne s’ouvre pas");
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button")).toHaveText(["Réessayer"]);
  }
}
