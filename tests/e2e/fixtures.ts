// What every test gets: a server of its own, and contexts that fail the test when a page breaks the
// rules that hold everywhere.
import { test as base, type BrowserContext, expect } from "@playwright/test";
import { Server } from "./server.ts";

export { expect };

interface Fixtures {
  /** The real server, freshly started. */
  server: Server;
  /** Watches further contexts that a test opens itself; the test's own is watched already. */
  guard: (context: BrowserContext) => Promise<void>;
  /** What the app has done that it must not; a test about breakdowns empties it. */
  offences: string[];
}

export const test = base.extend<Fixtures>({
  server: async ({}, use, info) => {
    const server = await Server.create();
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach("server.log", { body: server.log, contentType: "text/plain" });
    }
    await server.remove();
  },

  baseURL: async ({ server }, use) => use(server.origin),

  offences: async ({}, use) => {
    const offences: string[] = [];
    await use(offences);
    expect(offences, "requests to other origins, CSP violations, errors of pages").toEqual([]);
  },

  guard: async ({ offences }, use) => use((context) => watch(context, offences)),

  context: async ({ context, guard }, use) => {
    await guard(context);
    await use(context);
  },
});

/** No request leaves the origin, the content security policy holds, and no error goes unhandled. */
async function watch(context: BrowserContext, offences: string[]): Promise<void> {
  context.on("request", (request) => {
    const url = new URL(request.url());
    const own = ["127.0.0.1", "localhost"].includes(url.hostname);
    if (!own && !["data:", "blob:"].includes(url.protocol)) {
      offences.push(`request to ${url.origin}`);
    }
  });
  context.on("weberror", (error) => offences.push(`page error: ${error.error()}`));
  // Service workers break the policy in their own console only.
  context.on("console", (message) => {
    if (/content security policy|trusted ?(types|html|script)/i.test(message.text())) {
      offences.push(`policy: ${message.text()}`);
    }
  });
  await context.exposeBinding("reportViolation", (_source, text: string) => {
    offences.push(`policy: ${text}`);
  });
  await context.addInitScript(() => {
    const report = (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation;
    document.addEventListener("securitypolicyviolation", (event) => {
      report(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
}
