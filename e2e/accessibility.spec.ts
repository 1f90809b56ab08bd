import { type Browser, expect, type Page } from "@playwright/test";
import { expectFineLooks } from "./support/axe";
import { EVERY_PAGE } from "./support/pages";
import { enterAs, person, signIn } from "./support/people";
import { watchPolicy } from "./support/policy";
import { test } from "./support/test";

/** Looks at pages as somebody, or as nobody. */
async function look(browser: Browser, name: string | null, find: (page: Page) => Promise<string[]>): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = watchPolicy(page);
  if (name === null) await page.goto("/sign-in");
  else await signIn(page, name);
  for (const [turn, address] of (await find(page)).entries()) {
    await expectFineLooks(page, `${address} as ${name ?? "nobody"}`, address, turn % 2 === 0 ? 390 : 1440);
  }
  expect(complaints, "errors in the page, and what its policy refused").toEqual([]);
  await context.close();
}

test.describe("in light and dark, wide and on a phone, axe finds nothing and nothing scrolls sideways", () => {
  test.describe.configure({ mode: "parallel", timeout: 600_000 });

  for (const { whose, name, find } of EVERY_PAGE) {
    test(`on ${whose}`, async ({ browser }) => {
      await look(browser, name, find);
    });
  }
  test("on the steps of a sign-in", async ({ page }) => {
    const complaints = watchPolicy(page);
    for (const stage of ["factor", "enrol", "change_password"] as const) {
      await enterAs(page, person("marta").email, stage);
      await expectFineLooks(page, `the sign-in at ${stage}`, "/sign-in");
    }
    expect(complaints, "errors in the page, and what its policy refused").toEqual([]);
  });
});
