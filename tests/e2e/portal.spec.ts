// Something else answers in the server's place, a café's captive portal or a server that takes nothing from here:
// that is no receipt.
import { createServer, type Server as HttpServer } from "node:http";
import { expect, test } from "./fixtures.ts";
import { readyOffline } from "./offline.ts";
import { invite, join, setUp } from "./people.ts";
import { note } from "./visit.ts";

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
  await note(phone, "Les Tilleuls", "Noté sans réseau");

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

// What a server of another version answers, or one that had this phone removed, as the protocol has it.
const others = [
  { name: "a newer server that speaks this app's calls no more", status: 426, type: "application/json", body: '{"code":"app_too_old","message":""}', told: "Cette application est trop ancienne pour le serveur." },
  { name: "a newer server's reply", status: 200, type: "application/vnd.perron", body: "PERRON\u0002", told: "Cette application est trop ancienne pour le serveur." },
  { name: "an older server", status: 400, type: "application/json", body: '{"code":"version","message":""}', told: "Cette application est plus récente que le serveur." },
  { name: "a server whose coordination removed this phone", status: 403, type: "application/json", body: '{"code":"revoked","message":""}', told: "Ce téléphone ne fait plus partie du réseau." },
];

for (const { name, told, ...answer } of others) {
  test(`${name} is told with what to do, and nothing is lost or said to be received`, async ({ page, server }) => {
    await setUp(page, server.setupLink(), "Carnet des versions");
    await page.goto("/");
    await readyOffline(page);
    await server.kill();
    const other = await openPortal(Number(new URL(server.origin).port), answer);
    try {
      await note(page, "Les Tilleuls", "Noté entre deux versions");
      await page.goto("/");
      await page.getByRole("button", { name: "Synchroniser" }).click();
      await expect(page.getByText(told)).toBeVisible();
      await expect(page.getByText("1 visite n’est pas encore reçue.")).toBeVisible();
      await expect(page.getByText("Reçue", { exact: true })).toHaveCount(0);
      expect(asked(other), "calls that it answered").toBeGreaterThan(0);
    } finally {
      await new Promise((done) => other.close(done));
    }
    await server.start();
    await page.getByRole("button", { name: "Synchroniser" }).click();
    await expect(page.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 40_000 });
  });
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const WIFI = { status: 200, type: "text/html", body: "<!doctype html><title>Wi-Fi</title><p>Acceptez les conditions</p>" };

interface Portal extends HttpServer {
  calls?: number;
}

function asked(portal: Portal): number {
  return portal.calls ?? 0;
}

/** Answers every call so, and everything else as a captive portal does. */
function openPortal(port: number, answer: Answer = WIFI): Promise<Portal> {
  const portal: Portal = createServer((request, response) => {
    const isCall = request.url?.startsWith("/api/");
    if (isCall) portal.calls = asked(portal) + 1;
    const { status, type, body } = isCall ? answer : WIFI;
    response.writeHead(status, { "content-type": type, connection: "close" });
    response.end(body);
  });
  return new Promise((done, failed) => {
    portal.once("error", failed);
    portal.listen(port, "127.0.0.1", () => done(portal));
  });
}
