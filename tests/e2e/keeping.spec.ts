// Whether the browser keeps what is stored is its own answer, and is told as such; so is the room there is.
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { note } from "./visit.ts";

const NO = "Ce navigateur n’a rien promis";
const YES = "Ce navigateur a promis de garder vos notes, même s’il manque de place.";

test("the browser's promise is what it answers, and can be asked for; room is told as it counts it", async (
  { server, guard },
  info,
) => {
  const phone = new Phone(server.origin, info, guard);
  const page = await phone.open();
  await setUp(page, server.setupLink(), "Carnet");
  await page.goto("/settings");
  await expect(page.getByText(NO)).toBeVisible();
  const ask = page.getByRole("button", { name: "Demander au navigateur" });

  await test.step("a no stays a no", async () => {
    await ask.click();
    await expect(page.getByText(NO)).toBeVisible();
    await expect(page.getByText(YES)).toHaveCount(0);
  });

  await test.step("a yes is told, and there is nothing left to ask", async () => {
    const browser = await page.context().newCDPSession(page);
    await browser.send("Browser.grantPermissions", { origin: server.origin, permissions: ["durableStorage"] });
    await ask.click();
    await expect(page.getByText(YES)).toBeVisible();
    await expect(page.getByText(NO)).toHaveCount(0);
    await expect(ask).toHaveCount(0);
    await page.reload();
    await expect(page.getByText(YES)).toBeVisible();
    await expect(ask).toHaveCount(0);
  });

  await test.step("room", async () => {
    // The browser goes on writing, and the app keeps room back.
    await expect(async () => {
      await page.reload();
      const told = await page.getByText(/Mo utilisés/).innerText();
      const said = /^(\d+)\sMo utilisés\s; d’après le navigateur, (\d+)\s([MG])o restent\.$/.exec(told) ?? [];
      const [, used, number, unit] = said;
      const left = Number(number) * (unit === "G" ? 1_000 : 1);
      const { usage = NaN, quota = NaN } = await page.evaluate(() => navigator.storage.estimate());
      expect(Math.abs(Number(used) - usage / 1e6)).toBeLessThan(2);
      expect(left / ((quota - usage) / 1e6)).toBeCloseTo(1, 1);
    }).toPass({ timeout: 30_000 });
  });
  await phone.remove();
});

test("the browser is asked to keep what is stored with the keys and with the first visit; every write waits for the disk", async (
  { page, server },
) => {
  await page.addInitScript(watch);
  await setUp(page, server.setupLink(), "Carnet");
  const asked = () => page.evaluate(() => Number(sessionStorage.getItem("asked")));
  expect(await asked()).toBe(1);
  await note(page, "Les Sureaux", "La première");
  await expect.poll(asked).toBe(2);
  await note(page, "Les Glycines", "La seconde");
  expect(await asked()).toBe(2);
  const writes = await page.evaluate(() => sessionStorage.getItem("writes") ?? "");
  expect(new Set(writes.trim().split(" "))).toEqual(new Set(["strict"]));
});

/** Counts how often persistent storage is asked for, and how durable each write is to be. */
function watch(): void {
  const manager = Object.getPrototypeOf(navigator.storage) as StorageManager;
  const persist = manager.persist;
  manager.persist = function () {
    sessionStorage.setItem("asked", String(Number(sessionStorage.getItem("asked")) + 1));
    return persist.call(this);
  };
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === "readwrite") {
      sessionStorage.setItem("writes", `${sessionStorage.getItem("writes") ?? ""} ${options?.durability ?? "none"}`);
    }
    return open.call(this, stores, mode, options);
  };
}
