import config from "./playwright.config.ts";

// Measurements, one after the other: `cargo xtask bench` writes the notebooks that they begin with.
export default {
  ...config,
  testDir: "bench",
  testMatch: "*.bench.ts",
  outputDir: "artefacts/bench",
  reporter: [["line"]],
  workers: 1,
  timeout: 900_000,
  // A trace takes snapshots of every page, and would be measured with it.
  use: { ...config.use, trace: "off", screenshot: "off" },
};
