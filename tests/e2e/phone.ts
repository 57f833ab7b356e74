// A phone: a browser with a profile of its own on the disk, that can be closed, killed and opened again.
import { type BrowserContext, chromium, type Page, type TestInfo } from "@playwright/test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Watches a context, as the fixture `guard` does. */
type Guard = (context: BrowserContext) => Promise<void>;

/** One phone. Its profile folder outlives the browser, until `remove`. */
export class Phone {
  /** Where the browser keeps everything. */
  readonly profile = mkdtempSync(join(tmpdir(), "perron-profile-"));
  /** What its browser is started with from now on, beside what all are. */
  args: string[] = [];
  private context: BrowserContext | undefined;

  constructor(
    private readonly origin: string,
    protected readonly info: TestInfo,
    private readonly guard: Guard,
  ) {}

  /** Starts the browser and opens a page. */
  async open(): Promise<Page> {
    this.context ??= await this.start();
    this.context.setDefaultTimeout(this.info.project.use.actionTimeout ?? 15_000);
    await this.guard(this.context);
    return this.context.newPage();
  }

  /** Another page of the browser that is open. */
  async page(): Promise<Page> {
    if (!this.context) throw new Error("the phone is closed");
    return this.context.newPage();
  }

  /** Ends the browser in its own time. */
  async close(): Promise<void> {
    const context = this.context;
    this.context = undefined;
    await context?.close();
  }

  /** Ends every process of the browser at once: nothing is flushed, no handler runs. */
  async kill(): Promise<void> {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended with its parent.
      }
    }
    await this.context?.close().catch(() => {});
    this.context = undefined;
    // A killed browser leaves its lock behind, and a new one would refuse to start.
    for (const name of ["SingletonLock", "SingletonCookie", "SingletonSocket"]) {
      rmSync(join(this.profile, name), { force: true });
    }
  }

  /** Ends it and removes its profile. */
  async remove(): Promise<void> {
    await this.close();
    rmSync(this.profile, { recursive: true, force: true });
  }

  /** Starts its browser. */
  protected async start(): Promise<BrowserContext> {
    const use = this.info.project.use;
    return chromium.launchPersistentContext(this.profile, {
      ...use.launchOptions,
      args: [...(use.launchOptions?.args ?? []), ...this.args],
      baseURL: this.origin,
      locale: use.locale,
      timezoneId: use.timezoneId,
      viewport: use.viewport,
    });
  }

  private processes(): number[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => commandLine(pid).includes(this.profile))
      .map(Number);
  }
}

/** Crashes the process of a page and leaves the browser as it is; the time of it. */
export async function crash(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  const at = Date.now();
  // A page that is gone answers nothing.
  session.send("Page.crash").catch(() => {});
  await crashed;
  return at;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
