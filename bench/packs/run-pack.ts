import { statSync } from "node:fs";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { ourPack } from "./ours";
import { stockPack } from "./stock";
import { packEntry } from "./workload";

// One pack in a process of its own: ENGINE COUNT FILE. "cursor" makes each entry when it is asked for, as a cursor would.
const [engine, count, path] = process.argv.slice(2);
if (!engine || !count || !path) throw new Error("Give an engine, a number of entries and a file.");
const fonts = readFontFiles();
const entries = Array.from({ length: engine === "cursor" ? 0 : Number(count) }, (_, index) => packEntry(index));

function* made() {
  for (let index = 0; index < Number(count); index += 1) yield packEntry(index);
}

const lineOf = (index: number) => {
  const { id, title } = entries[index] ?? packEntry(index);
  return { title: `${id}  ${title.slice(0, 70)}`, anchor: id };
};
const lines = engine === "stock" ? [] : Array.from({ length: Number(count) }, (_, index) => lineOf(index));
const started = performance.now();
const cpu = process.cpuUsage();
if (engine === "stock") await stockPack(entries, fonts, path);
else await ourPack(engine === "cursor" ? made() : entries, lines, fonts, path);
const ms = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
// The most that the process held at once; Linux counts in KiB.
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, peakMb, bytes: statSync(path).size }));
