import { access, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { OWN_MEASURES } from "@/lib/domain/compliance/own-standing";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

it("speaks of every row of the article's table, once", async () => {
  const rows = JSON.parse(await read("prisma/catalogue/2026-11-24/article-rows.json")) as
    | readonly { id: string }[]
    | Record<string, readonly { id: string }[]>;
  const list = Array.isArray(rows) ? (rows as readonly { id: string }[]) : (Object.values(rows)[0] ?? []);
  expect(OWN_MEASURES.map(({ row }) => row)).toEqual(list.map((row: { id: string }) => row.id));
});

it("names tests and proofs that are there", async () => {
  for (const path of new Set(OWN_MEASURES.flatMap(({ shownBy }) => shownBy))) {
    await expect(access(fileURLToPath(new URL(path, root))), path).resolves.toBeUndefined();
  }
});

it("says what is left wherever something is", () => {
  for (const { row, standing, left } of OWN_MEASURES) if (standing !== "meets") expect(left, row).not.toBeNull();
});

it("is what the document says", async () => {
  const document = await read("docs/how-countervail-meets-pci-dss.md");
  for (const { row, does, left, shownBy } of OWN_MEASURES) {
    const line = document.split("\n").find((one) => one.startsWith(`| ${row} |`)) ?? "";
    for (const words of [does, left ?? "", ...shownBy]) expect(line, row).toContain(words);
  }
});
