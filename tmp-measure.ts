import { writeFileSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright";
import { sumOf, watchScripts } from "@/test/loaded-scripts";
import { App } from "./prove/support/app";
import { addSession } from "./prove/support/cast";
import { asSuperuser } from "./prove/support/sql";
import { makeWorkbook } from "./prove/support/workbook";
import { BROWSER_SWITCHES, findBrowser } from "./scripts/support/browser";
const app = await App.make();
const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_SWITCHES] });
try {
  await app.start();
  const manifest = JSON.parse(readFileSync(".next/build-manifest.json", "utf8"));
  const bare = 1.02 * manifest.rootMainFiles.reduce((s: number, f: string) => s + gzipSync(readFileSync(".next/" + f)).length, 0);
  console.log("bare", bare);
  const { engagementId, worksheetIds, people } = await makeWorkbook(app, "Scripts", 2, 1);
  const lead = people[0]!;
  const { cookie } = (await asSuperuser(app, (sql) => addSession(sql, app, lead))).client;
  const [name = "", token = ""] = cookie.split("=");
  const out: Record<string, unknown> = {};
  const pages = { signin: "/sign-in", verify: "/verify", engagements: "/engagements", workbook: `/engagements/${engagementId}`, people: `/engagements/${engagementId}/people`, controls: `/engagements/${engagementId}/controls`, trail: `/engagements/${engagementId}/trail`, worksheet: `/worksheets/${worksheetIds[0]}` };
  for (const [key, path] of Object.entries(pages)) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    if (!["signin", "verify"].includes(key)) await context.addCookies([{ name, value: token, url: app.url, httpOnly: true, sameSite: "Strict" }]);
    const page = await context.newPage();
    const loaded = watchScripts(page);
    await page.goto(app.url + path);
    await page.waitForLoadState("networkidle");
    if (key === "worksheet") {
      const first = await loaded();
      console.log("worksheet before click", (sumOf(first) / bare).toFixed(3));
      await page.getByRole("textbox", { name: "Objective", exact: true }).click();
      await page.waitForLoadState("networkidle");
    }
    const sizes = await loaded();
    out[key] = Object.fromEntries(sizes);
    console.log(key, sumOf(sizes), (sumOf(sizes) / bare).toFixed(3));
    await context.close();
  }
  writeFileSync("/tmp/measured.json", JSON.stringify(out));
} finally {
  await browser.close();
  await app.remove();
}
