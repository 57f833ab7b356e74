// The page crashes in the middle of a form and the browser stays: at most the last second of typing is lost.
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { crash, Phone } from "./phone.ts";
import { expectKept, sentence, typeFor } from "./typing.ts";
import { answerCollective, beginAtNewCollective } from "./visit.ts";

const CRASHES = 10;

test.setTimeout(120_000 + CRASHES * 20_000);

test("when its page crashes soon after somebody typed, a form loses the last second at most", async (
  { page, server, guard },
  info,
) => {
  await setUp(page, server.setupLink(), "Carnet des accrocs");
  const link = await invite(page, "Volontaire", "Inès");
  const phone = new Phone(server.origin, info, guard);
  try {
    let open = await phone.open();
    await join(open, link);
    await open.goto("/");
    await beginAtNewCollective(open, "Les Accrocs");
    await answerCollective(open);
    const address = open.url();
    let known = "";
    for (let round = 0; round < CRASHES; round++) {
      const typed = await typeFor(open, 300 + Math.random() * 1_000);
      await open.waitForTimeout(Math.random() * 1_000);
      const crashedAt = await crash(open);

      await open.close();
      open = await phone.page();
      await open.goto(address);
      const kept = await sentence(open).inputValue();
      expectKept(kept, typed, crashedAt, known, round);
      known = kept;
      await expect(open.getByLabel("Surnom du collectif")).toHaveValue("Les Accrocs");
    }
  } finally {
    await phone.remove();
  }
});
