import { type BrowserContext, chromium, type Page } from "playwright";
import { SCRIPT_BARS, SCRIPT_WINDOW, scriptsOf, sumOf } from "@/test/loaded-scripts";
import { App } from "../prove/support/app";
import { addSession } from "../prove/support/cast";
import { asSuperuser } from "../prove/support/sql";
import { makeWorkbook } from "../prove/support/workbook";
import { BROWSER_SWITCHES, findBrowser } from "../scripts/support/browser";
import { startBare } from "./support/bare";
import { type BenchResult, figureOf, type Row } from "./support/result";
import { versionsOf } from "./support/versions";

/** A page, and what is done there before its scripts are counted. */
interface Shown {
  readonly name: string;
  readonly kind: keyof typeof SCRIPT_BARS;
  readonly path: string;
  readonly open?: (page: Page) => Promise<void>;
}

function pagesOf(engagementId: string, worksheetId: string): readonly Shown[] {
  const engagement = `/engagements/${engagementId}`;
  const edit = async (page: Page) => page.getByRole("textbox", { name: "Objective", exact: true }).click();
  return [
    { name: "sign-in", kind: "public", path: "/sign-in" },
    { name: "verify a pack", kind: "public", path: "/verify" },
    { name: "reference of the API", kind: "public", path: "/docs/api" },
    { name: "engagements", kind: "list", path: "/engagements" },
    { name: "workbook", kind: "list", path: engagement },
    { name: "trail", kind: "list", path: `${engagement}/trail` },
    { name: "people", kind: "list", path: `${engagement}/people` },
    { name: "review", kind: "list", path: `${engagement}/review` },
    { name: "controls", kind: "list", path: `${engagement}/controls` },
    { name: "organisation", kind: "list", path: "/organisation" },
    { name: "sign-ins", kind: "list", path: "/organisation/sign-ins" },
    { name: "catalogue", kind: "list", path: "/catalogue" },
    { name: "worksheet with the editor open", kind: "editor", path: `/worksheets/${worksheetId}`, open: edit },
  ];
}

/**
 * `npm run bench -- scripts`: the bytes of all scripts that Chromium loads for a page, each by itself in gzip, beside those
 * of a page with nothing in it that the same Next builds. Who looks leads an engagement that has no assessor yet, and
 * administers the organisation: nobody sees more on these pages.
 */
export async function bench(): Promise<BenchResult> {
  const app = await App.make();
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_SWITCHES] });
  try {
    await app.start();
    const bare = await startBare();
    const empty = await bytesOf(await browser.newContext({ viewport: SCRIPT_WINDOW }), {
      name: "bare",
      kind: "public",
      path: bare.url,
    });
    await bare.stop();
    const parts: Part[] = [{ rows: [rowOf("bare page", "Next alone", empty)], checks: [] }];
    const { engagementId, worksheetIds, people } = await makeWorkbook(app, "Scripts", 2, 1);
    const [lead] = people;
    if (!lead) throw new Error("There is nobody to look.");
    const { cookie } = (await asSuperuser(app, (sql) => addSession(sql, app, lead))).client;
    const [name = "", token = ""] = cookie.split("=");
    for (const shown of pagesOf(engagementId, worksheetIds[0] ?? "")) {
      const context = await browser.newContext({ viewport: SCRIPT_WINDOW });
      const signedIn = shown.kind !== "public";
      if (signedIn)
        await context.addCookies([{ name, value: token, url: app.url, httpOnly: true, sameSite: "Strict" }]);
      const bytes = await bytesOf(context, { ...shown, path: `${app.url}${shown.path}` });
      const task = `scripts of ${shown.name}`;
      const value = bytes / empty;
      console.error(`${task}: ${(bytes / 1_000).toFixed(0)} kB: ${value.toFixed(2)}`);
      const bar = { atMost: SCRIPT_BARS[shown.kind] };
      const check = { task, what: "page ÷ bare page, gzip", value, unit: "×", bar };
      parts.push({ rows: [rowOf(task, "Countervail", bytes)], checks: [check] });
    }
    return {
      rows: parts.flatMap(({ rows }) => rows),
      checks: parts.flatMap(({ checks }) => checks),
      versions: versionsOf("next", "react", "@mantine/core", "playwright"),
    };
  } finally {
    await browser.close();
    await app.remove();
  }
}

/** The scripts of a page in gzip, in bytes. */
async function bytesOf(context: BrowserContext, { path, open }: Shown): Promise<number> {
  const sizes = await scriptsOf(await context.newPage(), path, open);
  if (process.env.BENCH_SCRIPTS) {
    for (const [url, size] of sizes) console.log(`  ${size} ${url}`);
  }
  await context.close();
  return sumOf(sizes);
}

type Part = Pick<BenchResult, "rows" | "checks">;

function rowOf(task: string, side: string, bytes: number): Row {
  return { task, side, unit: "kB", figure: figureOf([Math.round(bytes / 100) / 10]) };
}
