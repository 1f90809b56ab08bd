import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { DEMO_PEOPLE } from "@/prisma/seed/demo-people";
import { onDatabaseOf, putSession } from "@/test/app-database";
import { type RunningApp, startApp } from "@/test/running-app";
import { BROWSER_SWITCHES, findBrowser } from "./support/browser";
import { ROOT } from "./support/run-program";

const SIZE = { width: 1440, height: 900 };

/** `npm run screenshots`: takes the pictures of the README and the guides from the running app with its demo. */
export async function main(): Promise<void> {
  const folder = join(ROOT, "docs", "images");
  await mkdir(folder, { recursive: true });
  const app = await startApp();
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_SWITCHES] });
  try {
    const take = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
    const lead = await enter(browser, app, "aisha");
    const engagement = await engagementOf(lead, app.url);
    await lead.goto(`${app.url}/engagements/${engagement}`);
    await lead.getByRole("table").waitFor();
    // Days are told once the page is alive.
    await lead.waitForLoadState("networkidle");
    await take(lead, "workbook");
    await openWorksheet(lead, app.url, "changes_requested", "");
    await lead.getByRole("textbox", { name: "Constraints", exact: true }).waitFor();
    await take(lead, "worksheet");
    const qsa = await enter(browser, app, "samuel");
    await openWorksheet(qsa, app.url, "qsa_review", "/review");
    await qsa.locator("section[data-section]").first().waitFor();
    await take(qsa, "review");
    await lead.goto(`${app.url}/catalogue/keys`);
    await lead.waitForLoadState("networkidle");
    await take(lead, "keys");
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** A page of one of the demo's people, with a session put into it: a picture is not worth a code. */
async function enter(browser: Browser, { url, dataFolder }: RunningApp, name: string): Promise<Page> {
  const account = DEMO_PEOPLE.find(({ email }) => email.startsWith(`${name}.`));
  const { cookie } = await onDatabaseOf(dataFolder, async (sql) => {
    const { rows } = await sql.query<{ id: string }>("SELECT id FROM app_user WHERE email = $1", [account?.email]);
    return putSession(sql, url, rows[0]?.id ?? "");
  });
  const context = await browser.newContext({ viewport: SIZE, colorScheme: "light", reducedMotion: "reduce" });
  await context.addCookies([{ ...cookie, url, httpOnly: true, sameSite: "Strict" }]);
  return context.newPage();
}

async function read<T>(page: Page, url: string, path: string): Promise<T> {
  return (await (await page.request.get(`${url}/api/v1${path}`)).json()) as T;
}

/** The demo's engagement on 4.0.1. */
async function engagementOf(page: Page, url: string): Promise<string> {
  const { items } = await read<{ items: { id: string; standardVersion: string }[] }>(page, url, "/engagements");
  const found = items.find(({ standardVersion }) => standardVersion === "4.0.1");
  if (!found) throw new Error("The demo has no engagement on 4.0.1.");
  return found.id;
}

/** Opens a worksheet of the demo that stands in a state. */
async function openWorksheet(page: Page, url: string, state: string, end: "" | "/review"): Promise<void> {
  const path = `/engagements/${await engagementOf(page, url)}/worksheets`;
  const { items } = await read<{ items: { id: string; state: string }[] }>(page, url, path);
  const found = items.find((one) => one.state === state);
  if (!found) throw new Error(`The demo has no worksheet in ${state}.`);
  await page.goto(`${url}/worksheets/${found.id}${end}`);
  await page.waitForLoadState("networkidle");
}
