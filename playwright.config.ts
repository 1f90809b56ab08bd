import { defineConfig } from "@playwright/test";
import { BROWSER_SWITCHES, installedBrowser } from "./scripts/support/browser";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./test/e2e-setup.ts",
  // Twice the cores of CI: a spec waits for its page half of the time.
  workers: 4,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Generous: what passes is no slower for it, and a busy machine fails nothing.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    // Set by the global setup, which starts the app; workers read this file after it.
    baseURL: process.env.E2E_URL,
    trace: "off",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "UTC",
    // What fades and slides is drawn many times and waited for; the app does without for whoever asks their system to.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: installedBrowser(), args: [...BROWSER_SWITCHES] },
  },
  projects: [{ name: "chromium" }],
});
