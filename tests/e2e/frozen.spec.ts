// A page that the system freezes while somebody types and never wakes: the last second is lost at most.
import type { Page } from "@playwright/test";
import { DrowsyPhone, freeze } from "./drowsy.ts";
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { expectKept, sentence, typeFor } from "./typing.ts";
import { answerCollective, beginAtNewCollective } from "./visit.ts";

const ROUNDS = 5;

test.setTimeout(120_000 + ROUNDS * 30_000);

test("frozen while somebody types and killed in its sleep, a form loses the last second at most", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet des glaces");
  const link = await invite(page, "Volontaire", "Siri");
  const phone = new DrowsyPhone(server.origin, info, guard);
  try {
    let open = await phone.open();
    await join(open, link);
    await open.getByRole("link", { name: "Ouvrir mon carnet" }).click();
    await beginAtNewCollective(open, "Les Flocons");
    await answerCollective(open);
    const address = open.url();
    let known = "";
    for (let round = 0; round < ROUNDS; round++) {
      const typed = await typeFor(open, 700 + Math.random() * 1_500);
      const frozenAt = Date.now();
      await freeze(open);
      await expectStill(open);
      await phone.kill();

      open = await phone.open();
      await open.goto(address);
      const kept = await sentence(open).inputValue();
      expectKept(kept, typed, frozenAt, known, round);
      known = kept;
      await expect(open.getByLabel("Surnom du collectif")).toHaveValue("Les Flocons");
    }
  } finally {
    await phone.remove();
  }
});

/** Hidden, and no timer runs: else nothing was frozen. */
async function expectStill(page: Page): Promise<void> {
  const ticks = () => page.evaluate(() => (globalThis as unknown as { ticks?: number }).ticks ?? 0);
  await page.evaluate(() => {
    const window = globalThis as unknown as { ticks?: number };
    setInterval(() => (window.ticks = (window.ticks ?? 0) + 1), 10);
  });
  await new Promise((done) => setTimeout(done, 500));
  expect(await page.evaluate(() => document.visibilityState)).toBe("hidden");
  expect(await ticks()).toBe(0);
}
