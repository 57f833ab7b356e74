// A café's captive portal answers everything with its own page: that is no receipt.
import { createServer, type Server as HttpServer } from "node:http";
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { answerTheRest, beginAtNewCollective, finish } from "./visit.ts";

test.setTimeout(180_000);

test("a captive portal's page is no answer, and is told as what it is", async ({ page, server, browser, guard }) => {
  await setUp(page, server.setupLink(), "Carnet du café");
  const link = await invite(page, "Volontaire", "Noé");
  const context = await browser.newContext({ baseURL: server.origin });
  await guard(context);
  const phone = await context.newPage();
  await join(phone, link);
  await expect(phone.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
  await server.kill();
  await phone.goto("/");
  await beginAtNewCollective(phone, "Les Tilleuls");
  await answerTheRest(phone, "Noté sans réseau");
  await finish(phone);

  const portal = await openPortal(Number(new URL(server.origin).port));
  try {
    await phone.goto("/");
    await phone.getByRole("button", { name: "Synchroniser" }).click();
    await expect(phone.getByText("Ce réseau a répondu à la place du serveur.")).toBeVisible();
    await expect(phone.getByText("1 visite n’est pas encore reçue.")).toBeVisible();
    await expect(phone.getByText("Reçue", { exact: true })).toHaveCount(0);
    expect(asked(portal), "calls that the portal answered").toBeGreaterThan(0);
  } finally {
    await new Promise((done) => portal.close(done));
  }
  await server.start();
  await expect(phone.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 40_000 });
  await context.close();
});

interface Portal extends HttpServer {
  calls?: number;
}

function asked(portal: Portal): number {
  return portal.calls ?? 0;
}

function openPortal(port: number): Promise<Portal> {
  const portal: Portal = createServer((request, response) => {
    if (request.url?.startsWith("/api/")) portal.calls = asked(portal) + 1;
    response.writeHead(200, { "content-type": "text/html", connection: "close" });
    response.end("<!doctype html><title>Wi-Fi</title><p>Acceptez les conditions</p>");
  });
  return new Promise((done, failed) => {
    portal.once("error", failed);
    portal.listen(port, "127.0.0.1", () => done(portal));
  });
}
