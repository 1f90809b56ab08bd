import { type Browser, expect, type Page, test } from "@playwright/test";
import { ask, engagementNamed } from "./support/api";
import { expectAccessible, expectContrast } from "./support/axe";
import { signIn } from "./support/people";

const WIDTHS = [1440, 390] as const;

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

async function assessorPages(page: Page): Promise<string[]> {
  const { id, inState } = await worksheetsOf(page);
  return [`/engagements/${id}`, `/engagements/${id}/review`, `/worksheets/${inState("qsa_review")}/review`];
}

/** Looks at pages in light and dark, wide and on a phone. Widths lay a page out anew; colours only ask for contrast. */
async function look(browser: Browser, name: string | null, find: (page: Page) => Promise<string[]>): Promise<void> {
  const context = await browser.newContext({ colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(`${page.url()}: ${error.message}`));
  if (name === null) await page.goto("/sign-in");
  else await signIn(page, name);
  for (const address of await find(page)) {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await expect(page).toHaveTitle(/Countervail/);
      await page.waitForLoadState("networkidle");
      const where = `${address} as ${name ?? "nobody"}, ${width} px`;
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${where}: horizontal scroll`).toBeLessThanOrEqual(0);
      await expectAccessible(page, `${where}, light`);
      await page.emulateMedia({ colorScheme: "dark" });
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
      await expectContrast(page, `${where}, dark`);
    }
  }
  expect(failures, "errors in the page").toEqual([]);
  await context.close();
}

test.describe("in light and dark, wide and on a phone, axe finds nothing and nothing scrolls sideways", () => {
  test.setTimeout(400_000);

  test("on the public pages", async ({ browser }) => {
    await look(browser, null, async () => PUBLIC);
  });
  test("on the entity's pages", async ({ browser }) => {
    await look(browser, "aisha", entityPages);
  });
  test("on the assessor's pages", async ({ browser }) => {
    await look(browser, "samuel", assessorPages);
  });
  test("on the administrator's pages", async ({ browser }) => {
    await look(browser, "priya", async () => ["/organisation", "/organisation/trail"]);
  });
});
