// A campaign of two, as most stories begin.
import { type BrowserContext, expect, type Page, type TestInfo } from "@playwright/test";
import { readyOffline } from "./offline.ts";
import { confirm, invite, join, setUp, sync } from "./people.ts";
import { Phone } from "./phone.ts";
import type { Server } from "./server.ts";

/** What things are called in it. */
export interface Names {
  campaign: string;
  volunteer: string;
}

/** A coordinator's page and a volunteer's phone that is confirmed; both go on without a network. */
export async function campaign(page: Page, link: string, phone: Phone, names: Names): Promise<Page> {
  await setUp(page, link, names.campaign);
  const invitation = await invite(page, "Volontaire", names.volunteer);
  const volunteer = await phone.open();
  await join(volunteer, invitation);
  await expect(volunteer.getByText("Prêt sans réseau")).toBeVisible({ timeout: 30_000 });
  await readyOffline(volunteer);
  await confirm(page, names.volunteer);
  await sync(volunteer);
  await page.goto("/settings");
  await readyOffline(page);
  return volunteer;
}

/** As {@link campaign}, with a phone of its own for the volunteer: the test removes it. */
export async function campaignOfTwo(
  page: Page,
  server: Server,
  guard: (context: BrowserContext) => Promise<void>,
  info: TestInfo,
  names: Names = { campaign: "Carnet", volunteer: "Amina" },
): Promise<{ phone: Phone; volunteer: Page }> {
  const phone = new Phone(server.origin, info, guard);
  return { phone, volunteer: await campaign(page, server.setupLink(), phone, names) };
}
