// A phone whose browser hides pages that nobody looks at, and can freeze them. Those that Playwright starts are
// looked at all the time. Addresses are whole ones here: there is no base for others.
import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Phone } from "./phone.ts";

export class DrowsyPhone extends Phone {
  private process: ChildProcess | undefined;
  private session: CDPSession | undefined;

  protected override async start(): Promise<BrowserContext> {
    const use = this.info.project.use;
    const own = [`--user-data-dir=${this.profile}`, "--remote-debugging-port=0", `--accept-lang=${use.locale}`];
    const args = [...(use.launchOptions?.args ?? []), ...this.args, ...own, "about:blank"];
    const child = spawn(use.launchOptions?.executablePath ?? "", args, {
      env: { ...process.env, TZ: use.timezoneId },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.process = child;
    const browser = await chromium.connectOverCDP(await address(child), { noDefaults: true });
    this.session = await browser.newBrowserCDPSession();
    const context = browser.contexts()[0];
    if (!context) throw new Error("the browser has no profile");
    return context;
  }

  override async close(): Promise<void> {
    const child = this.process;
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      // It ends before it answers.
      this.session?.send("Browser.close").catch(() => {});
      await ended;
    }
    // Of a browser that has ended, closing may fail.
    await super.close().catch(() => {});
  }
}

/** Freezes a page, as a system does with one that is not looked at: no timer and no answer reaches it any more. */
export async function freeze(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
}

/** Where the browser listens, once it does. */
async function address(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error("the browser says nothing");
  for await (const line of createInterface(child.stderr)) {
    const found = /DevTools listening on (\S+)/.exec(line)?.[1];
    if (found) return found;
  }
  throw new Error("the browser did not start");
}
