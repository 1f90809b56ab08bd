import { type BrowserContext, type CDPSession, chromium, type Page } from "playwright";
import { blockText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";
import { SAMPLES } from "@/lib/samples/library";
import { App } from "../prove/support/app";
import { addSession } from "../prove/support/cast";
import { asSuperuser } from "../prove/support/sql";
import { contentOf, makeWorkbook, must, readSections, saveSection } from "../prove/support/workbook";
import { BROWSER_SWITCHES, findBrowser } from "../scripts/support/browser";
import { type BenchResult, type Check, figureOf, type Row } from "./support/result";
import { median, quantile } from "./support/statistics";

/** Words of the worksheet that is written in. */
const WORDS = 20_000;
/** Turns of each side, one after the other. */
const TURNS = 6;
/** Bursts of keys in a turn; after each the rules have time to run, and the next burst's first key may meet them. */
const BURSTS = 10;
/** What is typed in a burst, a key each. */
const BURST = "words of a worksheet, ";
/** Between two keys of a quick typist (milliseconds). */
const KEY_PAUSE = 60;
/** Between two bursts: around the pause after which the rules are asked, so that keys come before, in and after it. */
const BURST_PAUSES = [560, 600, 620, 640, 680, 900] as const;
/** The title of a rule: the script that holds it holds the rules. */
const MARK_OF_RULES = "It does not try to make up for a task that was missed in the past";

/**
 * `npm run bench -- typing`: what a key costs in a worksheet of 20,000 words with the rules on, beside the same page
 * without them (its request for their script is refused). Both are the built app in Chromium, turn about. Told are the
 * time from the key to the picture after it, and how long the page's main thread worked for each key, with all that a
 * pause in typing sets off.
 */
export async function bench(): Promise<BenchResult> {
  const app = await App.make();
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_SWITCHES] });
  try {
    await app.start();
    const { worksheetId, cookie } = await writeLongWorksheet(app);
    const open = async (rules: boolean) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const [name = "", value = ""] = cookie.split("=");
      await context.addCookies([{ name, value, url: app.url, httpOnly: true, sameSite: "Strict" }]);
      return openEditor(context, `${app.url}/worksheets/${worksheetId}`, rules);
    };
    const without: Typed[] = [];
    const withRules: Typed[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const [rules, found] of turn % 2 ? SIDES.toReversed() : SIDES) {
        const editor = await open(rules);
        (found === "on" ? withRules : without).push(await type(editor));
        await editor.page.context().close();
      }
    }
    return resultOf(without, withRules, browser.version());
  } finally {
    await browser.close();
    await app.remove();
  }
}

const SIDES = [
  [false, "off"],
  [true, "on"],
] as const;

/** What typing cost in a turn, in milliseconds. */
interface Typed {
  /** From each key to the picture after it. */
  readonly latencies: readonly number[];
  /** Work of the main thread, over the whole turn, for each key. */
  readonly workPerKey: number;
}

interface Editor {
  readonly page: Page;
  readonly protocol: CDPSession;
}

/** Fills the sections with paragraphs of the samples until the worksheet has its words. */
async function writeLongWorksheet(app: App): Promise<{ worksheetId: string; cookie: string }> {
  const { worksheetIds, clients, people } = await makeWorkbook(app, "Typing", 1, 0);
  const [worksheetId = ""] = worksheetIds;
  const [client] = clients;
  const [lead] = people;
  if (!client || !lead) throw new Error("There is nobody to write.");
  const places = SECTION_KEYS.map((key) => ({ worksheetId, key }));
  for (const [at, { version }] of (await readSections(client, places)).entries()) {
    const key = SECTION_KEYS[at] as SectionKey;
    must(await saveSection(client, { worksheetId, key }, version, contentOf(key, paragraphs(key))));
  }
  const { cookie } = (await asSuperuser(app, (sql) => addSession(sql, app, lead))).client;
  return { worksheetId, cookie };
}

/** Paragraphs of the samples' texts of a section, again and again, as many words as are the section's share. */
function paragraphs(key: SectionKey): string[] {
  const texts = SAMPLES.flatMap(({ sections }) => sections[key].narrative.content.map(blockText));
  const taken: string[] = [];
  for (let words = 0, at = 0; words < WORDS / SECTION_KEYS.length; at += 1) {
    const text = texts[at % texts.length] ?? "";
    taken.push(text);
    words += text.split(/\s+/).length;
  }
  return taken;
}

async function openEditor(context: BrowserContext, address: string, rules: boolean): Promise<Editor> {
  const page = await context.newPage();
  let refused = 0;
  if (!rules) {
    await page.route("**/_next/static/chunks/**", async (route) => {
      const reply = await route.fetch();
      const text = await reply.text();
      if (!text.includes(MARK_OF_RULES)) return route.fulfill({ response: reply, body: text });
      refused += 1;
      return route.abort();
    });
  }
  await page.goto(address);
  await page.getByRole("textbox", { name: "Objective", exact: true }).click();
  await page.getByRole("tab", { name: /^Checks/ }).waitFor();
  await page.waitForLoadState("networkidle");
  if (!rules && refused === 0) throw new Error("The page did not ask for the rules: nothing was kept from it.");
  await page.evaluate(watchKeys);
  const protocol = await context.newCDPSession(page);
  await protocol.send("Performance.enable");
  return { page, protocol };
}

/** Notes in the page for each key how long the picture after it took, from the moment that the key was pressed. */
function watchKeys(): void {
  const noted: number[] = [];
  Object.assign(window, { noted });
  window.addEventListener(
    "keydown",
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => noted.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

async function type({ page, protocol }: Editor): Promise<Typed> {
  // The end of a long text: what is written moves nothing below it.
  await page.getByRole("textbox", { name: "Objective", exact: true }).press("Control+End");
  const before = await workOf(protocol);
  for (let burst = 0; burst < BURSTS; burst += 1) {
    await page.keyboard.type(BURST, { delay: KEY_PAUSE });
    await page.waitForTimeout(BURST_PAUSES[burst % BURST_PAUSES.length] ?? 600);
  }
  const work = (await workOf(protocol)) - before;
  const latencies = await page.evaluate(() => (window as unknown as { noted: number[] }).noted);
  return { latencies, workPerKey: work / (BURSTS * BURST.length) };
}

/** How long the page's main thread has worked so far, in milliseconds. */
async function workOf(protocol: CDPSession): Promise<number> {
  const { metrics } = await protocol.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

function resultOf(without: readonly Typed[], withRules: readonly Typed[], chromiumVersion: string): BenchResult {
  const keys = (typed: readonly Typed[]) => typed.flatMap(({ latencies }) => latencies);
  const ways: readonly (readonly [string, (typed: readonly Typed[]) => number])[] = [
    ["key to picture, median", (typed) => median(keys(typed))],
    ["key to picture, mean", (typed) => keys(typed).reduce((sum, one) => sum + one, 0) / keys(typed).length],
    ["key to picture, 95 of 100", (typed) => quantile(keys(typed), 0.95)],
    ["key to picture, 99 of 100", (typed) => quantile(keys(typed), 0.99)],
    ["main thread per key", (typed) => median(typed.map(({ workPerKey }) => workPerKey))],
  ];
  const rows: Row[] = [];
  const checks: Check[] = [];
  for (const [name, tell] of ways) {
    const task = `typing in ${WORDS.toLocaleString("en")} words, ${name}`;
    for (const [side, typed] of [
      ["with the rules", withRules],
      ["without", without],
    ] as const) {
      // Over all keys; from the best turn to the worst.
      const figure = { ...figureOf(typed.map((turn) => tell([turn]))), median: tell(typed) };
      rows.push({ task, side, unit: "ms", figure, extra: { keys: keys(typed).length } });
    }
    checks.push({ task, what: "with ÷ without", value: tell(withRules) / tell(without), unit: "×" });
  }
  return { rows, checks, versions: { chromium: chromiumVersion } };
}
