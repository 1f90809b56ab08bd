import { statSync } from "node:fs";
import { join } from "node:path";
import type { FontPaths, OpenEngine } from "./engine";
import { contentsTitle, packEntry } from "./workload";

// One pack in a process of its own: ENGINE COUNT FOLDER, where the folder has the fonts and gets pack.pdf. Told are the
// time to write the file and what it took; what was loaded and made before is in the memory, not in the time.
const [engine = "", wanted, folder] = process.argv.slice(2);
if (!wanted || !folder) throw new Error("Give an engine, a number of entries and a folder.");
const count = Number(wanted);
const path = join(folder, "pack.pdf");
const fonts: FontPaths = { regular: join(folder, "regular.ttf"), bold: join(folder, "bold.ttf") };

const OTHERS: Readonly<Record<string, () => Promise<OpenEngine>>> = {
  pdfkit: async () => (await import("./stock")).openStock,
  pdfmake: async () => (await import("./pdfmake")).openPdfmake,
  jspdf: async () => (await import("./jspdf")).openJsPdf,
  "react-pdf": async () => (await import("./react-pdf")).openReactPdf,
  "pdf-lib": async () => (await import("./pdf-lib")).openPdfLib,
  chromium: async () => (await import("./chromium")).openChromium,
  typst: async () => (await import("./typst")).openTypst,
};

/** Entries as a cursor gives them: each is made when it is asked for. */
function* made() {
  for (let index = 0; index < count; index += 1) yield packEntry(index);
}

async function prepare(): Promise<() => Promise<void>> {
  const open = OTHERS[engine];
  const entries = engine === "cursor" ? [] : [...made()];
  if (open) {
    const write = await (await open())(fonts);
    return () => write(entries, path);
  }
  const write = await (await import("./ours")).openOurs();
  const lines = Array.from({ length: count }, (_, index) => {
    const entry = entries[index] ?? packEntry(index);
    return { title: contentsTitle(entry), anchor: entry.id };
  });
  return () => write(engine === "cursor" ? made() : entries, lines, path);
}

const write = await prepare();
const started = performance.now();
await write();
const ms = performance.now() - started;
process.stdout.write(JSON.stringify({ ms, bytes: statSync(path).size }), () => process.exit(0));
