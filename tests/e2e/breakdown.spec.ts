// What boot.js says when the app cannot start or has broken down.
import { expect, test } from "./fixtures.ts";

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

test("the third breakdown within a minute waits for the person", async ({ page }) => {
  await page.goto("/");
  for (let time = 0; time < 2; time++) {
    const reloaded = page.waitForEvent("load");
    await page.evaluate(freeze);
    await reloaded;
  }
  await page.evaluate(freeze);
  await expect(page.getByRole("alert")).toContainText("client/app.rs:12");
  await page.waitForTimeout(3_000);
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
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
