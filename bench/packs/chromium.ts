import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright";
import { BROWSER_SWITCHES, installedBrowser } from "../../scripts/support/browser";
import type { FontPaths, WritePack } from "./engine";
import {
  APPENDIX,
  byLine,
  contentsTitle,
  EVIDENCE_HEAD,
  entryTitle,
  evidenceCells,
  PACK,
  type PackEntry,
  signOffCells,
  statusLine,
  TRAIL_HEAD,
  trailCells,
} from "./workload";

const FOOT =
  '<div style="font-size:7.5pt;width:100%;margin:0 54pt;display:flex;justify-content:space-between"><span class=title></span><span>Page <span class=pageNumber></span> of <span class=totalPages></span></span></div>';
/** Longer than any run is given, in milliseconds. */
const LONGEST = 600_000;

/** The pack as a page that Chromium prints, tagged and with an outline; its contents link, without numbers of pages. */
export async function openChromium(fonts: FontPaths): Promise<WritePack> {
  const executablePath = installedBrowser();
  if (executablePath === undefined) throw new Error("There is no Chromium.");
  return async (entries, path) => {
    writeFileSync(`${path}.html`, pageOf(entries, fonts));
    const args = [...BROWSER_SWITCHES, "--disable-gpu", "--disable-dev-shm-usage"];
    const browser = await chromium.launch({ executablePath, args });
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(LONGEST);
      await page.goto(pathToFileURL(`${path}.html`).href, { timeout: LONGEST });
      const pdf = await page.pdf({
        preferCSSPageSize: true,
        displayHeaderFooter: true,
        headerTemplate: "<span></span>",
        footerTemplate: FOOT,
        margin: { top: "80px", bottom: "80px", left: "72px", right: "72px" },
        tagged: true,
        outline: true,
      });
      writeFileSync(path, pdf);
    } finally {
      await browser.close();
    }
  };
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string) => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? "");

function pageOf(entries: readonly PackEntry[], { regular, bold }: FontPaths): string {
  const face = (file: string, weight: number) =>
    `@font-face{font-family:Pack;font-weight:${weight};src:url(${pathToFileURL(file).href})}`;
  const style = `${face(regular, 400)}${face(bold, 700)}@page{size:A4;margin:60pt 54pt}body{font:9.5pt/1.36 Pack;margin:0}h1{font-size:15pt;margin:0}h2{font-size:11pt;margin:5pt 0 2pt;break-after:avoid}p{margin:0 0 3pt}section{break-before:page}table{border-collapse:collapse;width:100%;font-size:7.5pt;table-layout:fixed}td,th{border:.5pt solid #000;padding:2pt;text-align:left;overflow-wrap:anywhere}tr{break-inside:avoid}.s{font-size:9pt}.c{font-size:8.5pt}.a{font-size:6.5pt}`;
  return [
    `<!doctype html><html lang=en><head><meta charset=utf-8><title>${PACK.title}</title><style>${style}</style></head><body>`,
    `<h1 style="font-size:26pt;margin-top:140pt">${PACK.organisation}</h1><h1>${PACK.title}</h1>`,
    `<p>Generated ${PACK.date} — ${entries.length} worksheets</p><section><h1>Contents</h1>`,
    ...entries.map((entry) => `<div><a href="#${entry.id}">${escaped(contentsTitle(entry))}</a></div>`),
    "</section>",
    ...entries.map(sectionOf),
    `<section><h1>${APPENDIX}</h1>`,
    tableOf([34, 84, 80, 86, 54, 149], TRAIL_HEAD, entries.flatMap(trailCells), "a"),
    "</section></body></html>",
  ].join("");
}

function sectionOf(entry: PackEntry): string {
  return [
    `<section id="${entry.id}"><h1>${escaped(entryTitle(entry))}</h1><div class=s>${escaped(statusLine(entry))}</div>`,
    ...entry.sections.map(
      ({ title, paragraphs }) =>
        `<h2>${escaped(title)}</h2>${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join("")}`,
    ),
    `<h2>Evidence</h2>${tableOf([130, 187, 50, 60, 60], EVIDENCE_HEAD, evidenceCells(entry))}<h2>Comments</h2>`,
    ...entry.comments.map(
      (comment) => `<div class=c><b>${escaped(byLine(comment))}</b><p>${escaped(comment.text)}</p></div>`,
    ),
    `<h2>Sign-off</h2>${tableOf([70, 150, 90, 177], [], signOffCells(entry))}</section>`,
  ].join("");
}

function tableOf(
  widths: readonly number[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
  name = "",
): string {
  const columns = widths.map((width) => `<col style="width:${width}pt">`).join("");
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const heads = head.length > 0 ? `<thead>${line(head, "th")}</thead>` : "";
  return `<table class="${name}"><colgroup>${columns}</colgroup>${heads}${rows.map((row) => line(row, "td")).join("")}</table>`;
}
