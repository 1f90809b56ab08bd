import { type Browser, expect, type Page, test } from "@playwright/test";
import { ask, engagementNamed } from "./support/api";
import { expectAccessible } from "./support/axe";
import { signIn } from "./support/people";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [1440, 390] as const;

/** Every page of the product, by who looks at it. Addresses that hold an id are found as that person. */
const PUBLIC = [
  "/sign-in",
  "/catalogue",
  "/catalogue/3.2.1/3.6.6",
  "/catalogue/4.0.1/3.7.6",
  "/catalogue/claims",
  "/catalogue/keys",
  "/no-such-page",
];

async function entityPages(page: Page): Promise<string[]> {
  const { id } = await engagementNamed(page, /./);
  const { items } = await ask<{ items: { id: string; state: string }[] }>(page, "GET", `/engagements/${id}/worksheets`);
  const inState = (state: string) => items.find((one) => one.state === state)?.id;
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

async function assessorPages(page: Page): Promise<string[]> {
  const { id } = await engagementNamed(page, /./);
  const { items } = await ask<{ items: { id: string; state: string }[] }>(page, "GET", `/engagements/${id}/worksheets`);
  const waiting = items.find((one) => one.state === "qsa_review");
  return [`/engagements/${id}`, `/engagements/${id}/review`, `/worksheets/${waiting?.id}/review`];
}

async function look(
  browser: Browser,
  scheme: (typeof SCHEMES)[number],
  width: number,
  name: string | null,
  find: (page: Page) => Promise<string[]>,
) {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(`${page.url()}: ${error.message}`));
  if (name === null) await page.goto("/sign-in");
  else await signIn(page, name);
  for (const address of await find(page)) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    const where = `${address} as ${name ?? "nobody"}, ${scheme}, ${width} px`;
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${where}: horizontal scroll`).toBeLessThanOrEqual(0);
    await expectAccessible(page, where);
  }
  expect(failures, "errors in the page").toEqual([]);
  await context.close();
}

for (const scheme of SCHEMES) {
  for (const width of WIDTHS) {
    test.describe(`${scheme}, ${width} px wide`, () => {
      test.setTimeout(180_000);
      test("public pages: axe finds nothing, nothing scrolls sideways", async ({ browser }) => {
        await look(browser, scheme, width, null, async () => PUBLIC);
      });
      test("the entity's pages: axe finds nothing, nothing scrolls sideways", async ({ browser }) => {
        await look(browser, scheme, width, "aisha", entityPages);
      });
      test("the assessor's pages: axe finds nothing, nothing scrolls sideways", async ({ browser }) => {
        await look(browser, scheme, width, "samuel", assessorPages);
      });
      test("the administrator's pages: axe finds nothing, nothing scrolls sideways", async ({ browser }) => {
        await look(browser, scheme, width, "priya", async () => ["/organisation", "/organisation/trail"]);
      });
    });
  }
}
