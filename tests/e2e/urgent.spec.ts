// An alert leaves before everything that was written earlier: a weak connection gets it through first.
import type { Page } from "@playwright/test";
import { noteAlert } from "./alert.ts";
import { campaignOfTwo } from "./campaign.ts";
import { handOver } from "./files.ts";
import { expect, test } from "./fixtures.ts";
import { pressSync, sync } from "./people.ts";
import type { Server } from "./server.ts";
import { answerTheRest, beginAtNewCollective, finish, lineOf, question } from "./visit.ts";

/** More than one request of 256 KiB carries. */
const VISITS = 14;

test.setTimeout(420_000);

test("an alert that was written last arrives first when the network goes after one request", async (
  { page, server, guard },
  info,
) => {
  const coordinator = page;
  const two = await campaignOfTwo(page, server, guard, info);
  const phone = two.phone;
  let volunteer = two.volunteer;
  await server.stop();
  for (let n = 1; n <= VISITS; n++) await noteAtLength(volunteer, `Le Quai ${n}`);
  // Ready to be sent, in the order of writing.
  await handOver(volunteer);
  await noteAlert(volunteer, "Uccle", 20);
  await volunteer.goto("/");
  await expect(volunteer.getByText(`${VISITS} visites ne sont pas encore reçues.`)).toBeVisible();

  await test.step("one request gets through", async () => {
    const asked = await cutAfterFirst(volunteer, server);
    await server.start();
    await pressSync(volunteer);
    await expect(volunteer.getByText("Le serveur n’a pas répondu.")).toBeVisible();
    expect(asked(), "requests that send").toBeGreaterThan(1);
    await expect(lineOf(volunteer, "Uccle")).toContainText("Reçue");
    await expect(volunteer.getByText(/visites? n(’est|e sont) pas encore reçues?\./)).toBeVisible();
    await phone.close();
  });

  await test.step("the coordination has the alert, and not yet every visit", async () => {
    await server.start();
    await sync(coordinator);
    await expect(coordinator.getByRole("heading", { name: "Alertes à prendre en charge" })).toBeVisible();
    await expect(coordinator.getByRole("link", { name: /Uccle/ })).toBeVisible();
    await coordinator.goto("/visits");
    await expect(coordinator.locator(".loading")).toHaveCount(0);
    expect(await coordinator.getByRole("link", { name: /^Le Quai/ }).count()).toBeLessThan(VISITS);
  });

  await test.step("the next sync brings the rest", async () => {
    volunteer = await phone.open();
    await volunteer.goto("/");
    await expect(volunteer.getByText("Tout ce que vous avez terminé est reçu.")).toBeVisible({ timeout: 40_000 });
    await sync(coordinator);
    await coordinator.goto("/visits");
    await expect(coordinator.getByText(`${VISITS} visites`)).toBeVisible();
  });
  await phone.remove();
});

/** Lets the first request that sends anything through; with the next one the server is gone. */
async function cutAfterFirst(page: Page, server: Server): Promise<() => number> {
  let asked = 0;
  await page.route("**/api/v1/push", async (route) => {
    asked += 1;
    if (asked > 1) {
      await server.kill();
      await route.abort();
    } else {
      await route.continue();
    }
  });
  return () => asked;
}

/** A visit with a note that is as long as one may be. */
async function noteAtLength(page: Page, alias: string): Promise<void> {
  await page.goto("/");
  await beginAtNewCollective(page, alias);
  await answerTheRest(page, "Une longue conversation");
  await page.locator("summary", { hasText: "Pour la coordination" }).click();
  await question(page, "Note pour la coordination").getByRole("textbox").fill(noise(1000));
  await finish(page);
}

/** So many characters as people count them, each with all the tags it may carry: nothing that packs well. */
function noise(length: number): string {
  const tag = () => 0xe0020 + Math.floor(Math.random() * 96);
  const tagged = () => String.fromCodePoint(0x61, ...Array.from({ length: 15 }, tag));
  return Array.from({ length }, tagged).join("");
}
