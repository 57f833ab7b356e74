import { defineConfig } from "@playwright/test";

// Debian's Chromium, and no other: Playwright's own browsers are downloads.
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "artefacts/runs",
  reporter: [["list"], ["json", { outputFile: "artefacts/report.json" }]],
  // Each test starts a server of its own; two at a time keep two cores busy without starving either.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    browserName: "chromium",
    headless: true,
    locale: "fr-BE",
    timezoneId: "Europe/Brussels",
    viewport: { width: 390, height: 844 },
    serviceWorkers: "allow",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
