// A campaign of two, as most stories begin.
import { expect, type Page } from "@playwright/test";
import { readyOffline } from "./offline.ts";
import { confirm, invite, join, setUp, sync } from "./people.ts";
import type { Phone } from "./phone.ts";

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
