import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { toolAvailable } from "@/test/tools";
import { readBack } from "./read-back";
import { openStock } from "./stock";
import { packEntry } from "./workload";

const folder = mkdtempSync(join(tmpdir(), "countervail-read-back-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fonts = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/source-sans-3/package.json"));
const withTools = it.skipIf(!toolAvailable("pdftotext") || !toolAvailable("pdfinfo"));

withTools("a pack counts when it is whole, and not when a worksheet or one of its texts is missing", async () => {
  const write = await openStock({
    regular: join(fonts, "400Regular/SourceSans3_400Regular.ttf"),
    bold: join(fonts, "600SemiBold/SourceSans3_600SemiBold.ttf"),
  });
  const path = join(folder, "pack.pdf");
  const [first, second] = [packEntry(0), packEntry(1)];
  await write([first, second], path);
  expect(readBack(path, 2)).toMatchObject({ fault: undefined });
  expect(readBack(path, 2).pages).toBeGreaterThan(6);
  expect(readBack(path, 3).fault).toBe("CCW-00003 is there 0 times, not 10");
  await write([first, { ...second, sections: second.sections.slice(1) }], path);
  expect(readBack(path, 2).fault).toBe('CCW-00002 lacks "1. Constraints"');
});
