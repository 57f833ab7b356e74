// The browser is killed in the middle of a form: at most the last second of typing is lost.
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { expectKept, sentence, typeFor } from "./typing.ts";
import { answerCollective, beginAtNewCollective } from "./visit.ts";

/** Kills; `cargo xtask soak` asks for a hundred. */
const KILLS = Number(process.env.BROWSER_KILLS ?? 10);

test.setTimeout(120_000 + KILLS * 30_000);

test("killed while somebody types, a form loses the last second at most", async ({ page, server, guard }, info) => {
  await setUp(page, server.setupLink(), "Carnet des tempêtes");
  const link = await invite(page, "Volontaire", "Ada");
  const phone = new Phone(server.origin, info, guard);
  try {
    let open = await phone.open();
    await join(open, link);
    await open.goto("/");
    await beginAtNewCollective(open, "Les Lampions");
    await answerCollective(open);
    const address = open.url();
    let known = "";
    for (let round = 0; round < KILLS; round++) {
      const typed = await typeFor(open, 700 + Math.random() * 1_500);
      const killedAt = Date.now();
      await phone.kill();

      open = await phone.open();
      await open.goto(address);
      const kept = await sentence(open).inputValue();
      expectKept(kept, typed, killedAt, known, round);
      known = kept;
      await expect(open.getByLabel("Surnom du collectif")).toHaveValue("Les Lampions");
    }
  } finally {
    await phone.remove();
  }
});
