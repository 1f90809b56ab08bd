import { type Browser, expect, type Page, test } from "@playwright/test";
import { ask, engagementNamed } from "./support/api";
import { expectFineLooks } from "./support/axe";
import { signIn } from "./support/people";
import { watchPolicy } from "./support/policy";

/** What everybody may see. */
const PUBLIC = [
  "/sign-in",
  "/catalogue",
  "/catalogue/3.2.1/3.6.6",
  "/catalogue/4.0.1/3.7.6",
  "/catalogue/claims",
  "/catalogue/keys",
  "/setup",
  "/join/no-such-invitation",
  "/no-such-page",
];

/** The worksheets of the person's engagement, by state; the demo has one in each. */
async function worksheetsOf(page: Page): Promise<{ id: string; inState: (state: string) => string | undefined }> {
  const { id } = await engagementNamed(page, /./);
  const { items } = await ask<{ items: { id: string; state: string }[] }>(page, "GET", `/engagements/${id}/worksheets`);
  return { id, inState: (state) => items.find((one) => one.state === state)?.id };
}

async function entityPages(page: Page): Promise<string[]> {
  const { id, inState } = await worksheetsOf(page);
  return [
    "/engagements",
    "/engagements/new",
    ...["", "/scope", "/scope/result", "/people", "/settings", "/review", "/trail"].map(
      (end) => `/engagements/${id}${end}`,
    ),
    `/worksheets/${inState("draft")}`,
    `/worksheets/${inState("signed")}`,
    `/worksheets/${inState("signed")}/review`,
    "/organisation",
    "/account",
  ];
}

async function legacyPages(page: Page): Promise<string[]> {
  const { id } = await engagementNamed(page, /3\.2\.1|legacy/i);
  return [`/engagements/${id}`, `/engagements/${id}/scope/result`];
}

async function assessorPages(page: Page): Promise<string[]> {
  const { id, inState } = await worksheetsOf(page);
  return [`/engagements/${id}`, `/engagements/${id}/review`, `/worksheets/${inState("qsa_review")}/review`];
}

/** Looks at pages as somebody, or as nobody. */
async function look(browser: Browser, name: string | null, find: (page: Page) => Promise<string[]>): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = watchPolicy(page);
  if (name === null) await page.goto("/sign-in");
  else await signIn(page, name);
  for (const address of await find(page)) {
    await page.goto(address);
    await expectFineLooks(page, `${address} as ${name ?? "nobody"}`);
  }
  expect(complaints, "errors in the page, and what its policy refused").toEqual([]);
  await context.close();
}

test.describe("in light and dark, wide and on a phone, axe finds nothing and nothing scrolls sideways", () => {
  test.describe.configure({ mode: "parallel", timeout: 400_000 });

  test("on the public pages", async ({ browser }) => {
    await look(browser, null, async () => PUBLIC);
  });
  test("on the entity's pages", async ({ browser }) => {
    await look(browser, "aisha", entityPages);
  });
  test("on the pages of an engagement on 3.2.1", async ({ browser }) => {
    await look(browser, "tomasz", legacyPages);
  });
  test("on the assessor's pages", async ({ browser }) => {
    await look(browser, "samuel", assessorPages);
  });
  test("on the administrator's pages", async ({ browser }) => {
    await look(browser, "priya", async () => ["/organisation", "/organisation/trail"]);
  });
});
