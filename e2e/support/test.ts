import { test as plain } from "@playwright/test";

/**
 * Playwright's test, which also closes the browsers of one's own that a test opened. Left open, their pages would go on
 * asking the app, and drawing, until the last spec. Those of a file's `beforeAll` stay for its other tests.
 */
export const test = plain.extend<{ closeAll: undefined }>({
  closeAll: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      const opened = browser.contexts().filter((context) => !before.has(context));
      await Promise.all(opened.map((context) => context.close()));
    },
    { auto: true },
  ],
});
