import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, expect, type Page } from "@playwright/test";
import { SCRIPT_BARS, SCRIPT_WINDOW, scriptsOf, sumOf } from "@/test/loaded-scripts";
import { DEMO_ENGAGEMENT, engagementNamed } from "./support/api";
import { makeEngagement, writeWorksheet } from "./support/engagement";
import { signIn } from "./support/people";
import { test } from "./support/test";

/**
 * What the root files of a build weigh less than a page of Next with nothing in it, whose bytes the bars are about
 * (132.5 kB beside 135): `npm run bench -- scripts` measures against the page itself.
 */
const PAGE = 1.02;

const BUILT = join(process.cwd(), ".next");

/** Bytes in gzip of what the build gives every page, React and Next, without anything of the product. */
async function bareBytes(): Promise<number> {
  const manifest = JSON.parse(await readFile(join(BUILT, "build-manifest.json"), "utf8")) as {
    readonly rootMainFiles: readonly string[];
  };
  const sizes = await Promise.all(
    manifest.rootMainFiles.map(async (name) => gzipSync(await readFile(join(BUILT, name))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What is done on a page before its scripts are counted. */
type Act = (page: Page) => Promise<void>;

/** Each of these pages within the bar of its kind; each is loaded by a browser that has nothing yet. */
async function expectWithin(
  browser: Browser,
  kind: keyof typeof SCRIPT_BARS,
  pages: readonly string[],
  name?: string,
  act?: Act,
): Promise<void> {
  const bare = (await bareBytes()) * PAGE;
  const over: string[] = [];
  for (const path of pages) {
    const context = await browser.newContext({ viewport: SCRIPT_WINDOW });
    const page = await context.newPage();
    if (name) await signIn(page, name);
    const times = sumOf(await scriptsOf(page, path, act)) / bare;
    const most = SCRIPT_BARS[kind];
    if (process.env.SHOW_SCRIPTS) console.log(`${times.toFixed(2)} of ${most}: ${path}`);
    if (times > most) over.push(`${path} loads ${times.toFixed(2)} × the scripts of a bare page, not ${most}`);
    await context.close();
  }
  expect(over).toEqual([]);
}

test.describe("pages load no more script than their kind may", () => {
  test("public pages", async ({ browser }) => {
    await expectWithin(browser, "public", ["/sign-in", "/verify", "/docs/api"]);
  });

  test("lists", async ({ browser, page }) => {
    await signIn(page, "priya");
    const engagement = `/engagements/${(await engagementNamed(page, DEMO_ENGAGEMENT)).id}`;
    const ends = ["", "/trail", "/people", "/review", "/controls"];
    // Its lead sees there how an assessor comes in, too.
    const alone = `/engagements/${await makeEngagement(page, "Weight of the people", {})}/people`;
    const pages = ["/engagements", "/catalogue", ...ends.map((end) => engagement + end), alone];
    await expectWithin(browser, "list", pages, "priya");
  });

  test("lists of an administrator", async ({ browser }) => {
    const ends = ["", "/sign-ins", "/webhooks", "/services", "/logo"];
    await expectWithin(
      browser,
      "list",
      ends.map((end) => `/organisation${end}`),
      "marta",
    );
  });

  test("a worksheet that is written", async ({ browser, page }) => {
    await signIn(page, "priya");
    const worksheet = await writeWorksheet(page, await makeEngagement(page, "Weight of the editor", {}), "8.3.4");
    await expectWithin(browser, "editor", [`/worksheets/${worksheet}`], "priya", async (opened) => {
      const objective = opened.getByRole("textbox", { name: "Objective", exact: true });
      await objective.click();
      await expect(objective).toBeFocused();
    });
  });
});
