// The demo as a person starts it: two links, two origins, two notebooks.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { expect, test } from "./fixtures.ts";
import { gallery } from "./gallery.ts";
import { join } from "./people.ts";
import { freePort } from "./server.ts";

test.setTimeout(360_000);

test("the demo is entered as a coordinator and as a volunteer", async ({ page }) => {
  const data = mkdtempSync(path(tmpdir(), "perron-demo-"));
  const demo = await start(data);
  try {
    await join(page, demo.link("127.0.0.1"));
    await page.goto(`${demo.origin("127.0.0.1")}/collectives`);
    // A coordinator's phone is confirmed by the demo itself; then it reads what all have noted.
    await expect(page.locator("main .rows > .row")).toHaveCount(10, { timeout: 60_000 });
    await page.goto(`${demo.origin("127.0.0.1")}/visits`);
    await expect(page.getByText("1 point à trancher")).toBeVisible();

    await page.locator("main .rows > .row", { hasText: "1 point à trancher" }).getByRole("link").first().click();
    const visit = new URL(page.url()).pathname;
    await page.goto(`${demo.origin("127.0.0.1")}/collectives`);
    await page.locator("main .rows a").first().click();
    const collective = new URL(page.url()).pathname;
    await gallery(page, demo.origin("127.0.0.1"), {
      "coordinator-home": "/",
      "coordinator-visits": "/visits",
      "coordinator-visit": visit,
      "coordinator-collectives": "/collectives",
      "coordinator-collective": collective,
      "coordinator-devices": "/devices",
      "coordinator-invite": "/invite",
      settings: "/settings",
    });

    await join(page, demo.link("localhost"));
    await page.goto(`${demo.origin("localhost")}/`);
    await expect(page.getByRole("link", { name: "Nouvelle visite" }).first()).toBeVisible();
    // Nobody's visits but one's own are on a volunteer's phone.
    await expect(page.locator("main .rows > .row")).toHaveCount(0);
    await gallery(page, demo.origin("localhost"), { "volunteer-home": "/", "volunteer-visit": "/new/visit" });
  } finally {
    await demo.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

async function start(data: string) {
  const program = process.env.PERRON_XTASK;
  const server = process.env.PERRON_BINARY;
  if (!program || !server) throw new Error("run it with `cargo xtask test browser`");
  const port = await freePort();
  const child: ChildProcess = spawn(
    program,
    ["run", "--demo", "--port", `${port}`, "--data", data, "--server", server],
    { stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  let log = "";
  child.stdout?.on("data", (text) => (log += text));
  child.stderr?.on("data", (text) => (log += text));
  const link = (host: string) => new RegExp(`http://${host}:${port}/join#\\S+`).exec(log)?.[0];
  await expect
    .poll(() => child.exitCode === null && link("localhost"), { timeout: 120_000, message: `the demo did not start\n${log}` })
    .toBeTruthy();
  return {
    origin: (host: string) => `http://${host}:${port}`,
    link: (host: string) => link(host) ?? "",
    /** Ends it and the server below it, as Ctrl-C does. */
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGINT");
      await ended;
    },
  };
}
