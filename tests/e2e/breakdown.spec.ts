// What boot.js says when the app cannot start or has broken down.
import { expectAccessible } from "./accessibility.ts";
import { restore, saveCopy } from "./files.ts";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { takePictures } from "./pictures.ts";
import { beginAtNewCollective, lineOf, note, saved } from "./visit.ts";

const freeze = "window.perronFroze('client/app.rs:12')";

test("a breakdown covers the page, says that nothing saved is lost, and reloads", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
  const reloaded = page.waitForEvent("load");
  await page.evaluate(freeze);
  await expect(page.getByRole("alert")).toContainText("en sécurité");
  await reloaded;
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a program that breaks down while somebody writes says so, reloads, and has what was saved", async (
  { page, server, offences },
) => {
  await setUp(page, server.setupLink(), "Carnet des pannes");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Roseaux");
  await saved(page);
  const reloaded = page.waitForEvent("load");
  await page.evaluate(() => {
    // Without random numbers nothing may be sealed: the program stops where it needs one.
    Crypto.prototype.getRandomValues = () => {
      throw new Error("no generator");
    };
  });
  await page.getByLabel("Surnom du collectif").fill("Les Joncs");
  await expect(page.locator(".boot-cover")).toContainText("en sécurité");
  await reloaded;
  expect(offences.splice(0)).toEqual(["page error: RuntimeError: unreachable"]);
  await expect(page.getByLabel("Surnom du collectif")).toHaveValue("Les Roseaux");
  await page.getByLabel("Surnom du collectif").fill("Les Joncs");
  await saved(page);
  await expect(page.locator(".boot-cover")).toHaveCount(0);
});

test("the third breakdown within a minute leads where the notes can be taken away, sealed", async ({ page, server, guard }, info) => {
  await setUp(page, server.setupLink(), "Carnet des pannes");
  await note(page, "Les Roseaux", "Notée avant les pannes");
  for (let time = 0; time < 2; time++) {
    const reloaded = page.waitForEvent("load");
    await page.evaluate(freeze);
    await reloaded;
  }
  await page.evaluate(freeze);
  await expect(page.getByRole("heading", { name: "Perron s’arrête à chaque essai" })).toBeVisible();
  await expect(page.getByText("client/app.rs:12")).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "rescue");
  const copy = await saveCopy(page);
  await page.getByRole("button", { name: "Rouvrir Perron" }).click();
  await expect(lineOf(page, "Les Roseaux")).toBeVisible();

  const other = new Phone(server.origin, info, guard);
  const there = await other.open();
  await restore(there, copy.file, copy.code);
  await expect(lineOf(there, "Les Roseaux")).toBeVisible();
  await other.remove();
});

test("where even that page breaks down, it waits for the person", async ({ page }) => {
  await page.goto("/rescue");
  await expect(page.getByRole("heading", { name: "Perron s’arrête à chaque essai" })).toBeVisible();
  for (let time = 0; time < 2; time++) {
    const reloaded = page.waitForEvent("load");
    await page.evaluate(freeze);
    await reloaded;
  }
  await page.evaluate(freeze);
  const cover = page.locator(".boot-cover");
  await expect(cover).toContainText("client/app.rs:12");
  await page.waitForTimeout(3_000);
  await expect(cover).toBeVisible();
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(cover).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Perron s’arrête à chaque essai" })).toBeVisible();
});

test("a browser without the needed WebAssembly is told so", async ({ page, offences }) => {
  await page.addInitScript("delete window.WebAssembly");
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("trop ancien");
  offences.splice(0);
});

test("a wasm file that does not arrive is told, with a way out", async ({ page, context, offences }) => {
  await context.route("**/*.wasm", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("n’a pas pu s’ouvrir");
  await context.unroute("**/*.wasm");
  offences.splice(0);
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
});
