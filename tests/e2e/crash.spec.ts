// The browser is killed in the middle of a form: at most the last second of typing is lost.
import { expect, test } from "./fixtures.ts";
import { invite, join, setUp } from "./people.ts";
import { Phone } from "./phone.ts";
import { answerCollective, beginAtNewCollective } from "./visit.ts";

/** Kills; `cargo xtask soak` asks for a hundred. */
const KILLS = Number(process.env.BROWSER_KILLS ?? 10);
const LOST_AT_MOST_MS = 1_000;
const SENTENCE = "Le groupe cuisine ensemble le samedi, et les voisines apportent du pain et des histoires. ";

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
      const field = open.getByRole("textbox", { name: "En une phrase" });
      await field.fill("");
      // Times at which each letter was on the page; typed at the pace of a thumb.
      const typed: { text: string; at: number }[] = [{ text: "", at: 0 }];
      const until = Date.now() + 700 + Math.random() * 1_500;
      for (let n = 0; Date.now() < until; n++) {
        const letter = SENTENCE[n % SENTENCE.length] ?? " ";
        await field.pressSequentially(letter);
        typed.push({ text: (typed.at(-1)?.text ?? "") + letter, at: Date.now() });
        await open.waitForTimeout(40);
      }
      const killedAt = Date.now();
      await phone.kill();

      open = await phone.open();
      await open.goto(address);
      const kept = await open.getByRole("textbox", { name: "En une phrase" }).inputValue();
      const whole = typed.at(-1)?.text ?? "";
      const owed = typed.filter(({ at }) => at <= killedAt - LOST_AT_MOST_MS).at(-1)?.text ?? "";
      const before = kept === known && owed === "";
      expect(before || whole.startsWith(kept), `round ${round}: kept «${kept}» of «${whole}»`).toBe(true);
      expect(kept.length, `round ${round}: kept «${kept}», owed «${owed}»`).toBeGreaterThanOrEqual(owed.length);
      known = kept;
      await expect(open.getByLabel("Surnom du collectif")).toHaveValue("Les Lampions");
    }
  } finally {
    await phone.remove();
  }
});
