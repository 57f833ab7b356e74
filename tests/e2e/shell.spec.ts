// The shell: it starts, keeps itself, and starts again with the server gone.
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { takePictures } from "./pictures.ts";

test("starts, is kept by its worker, and starts again without the server", async ({ page, server }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
  await readyOffline(page);
  await expectAccessible(page);
  await takePictures(page, "home");

  await server.stop();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
  await page.goto("/settings");
  await expect(page.getByText("Prêt sans réseau")).toBeVisible();
});

test("starts from cold without the server, at any of its addresses", async ({ page, context, server }) => {
  await page.goto("/");
  await readyOffline(page);
  await page.close();
  await server.kill();

  const cold = await context.newPage();
  await cold.goto("/nulle-part");
  await expect(cold.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  await cold.getByRole("link", { name: "Retour" }).click();
  await expect(cold.getByRole("heading", { name: "Perron" })).toBeVisible();
});

test("leaves the server's own paths to the server", async ({ page, server }) => {
  await page.goto("/");
  await readyOffline(page);
  await server.stop();
  const answered = await page.evaluate(() =>
    fetch("/api/anything").then(
      () => true,
      () => false,
    ),
  );
  expect(answered).toBe(false);
});

test("injected markup that could run code is refused", async ({ page, offences }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Perron" })).toBeVisible();
  const refused = await page.evaluate(() => {
    const attempts = [
      "<img src=x onerror=alert(1)>",
      '<a href="javascript:alert(1)">x</a>',
      '<a href="//elsewhere.example">x</a>',
      '<svg onload="alert(1)"></svg>',
      "<script>alert(1)</script>",
      '<div style="color:red">x</div>',
      '<form action="/x"></form>',
      '<iframe srcdoc="x"></iframe>',
    ];
    return attempts.map((markup) => {
      try {
        document.createElement("template").innerHTML = markup;
        return markup;
      } catch {
        return "refused";
      }
    });
  });
  expect(new Set(refused)).toEqual(new Set(["refused"]));
  // Each attempt was reported as a violation, which shows that the guard of every other test sees.
  expect(offences.length).toBeGreaterThanOrEqual(refused.length);
  offences.splice(0);
});
