import { toolAvailable } from "@/test/tools";
import { readBombs } from "./office/bombs";
import { comparePages, compareTexts, makeDocuments, makeHostile, randomModels } from "./office/documents";
import { LibreOffice } from "./office/libre-office";
import { compareCells, makeTables } from "./office/tables";
import { Findings } from "./support/findings";
import type { ProofOptions, ProofResult } from "./support/proof";

const COUNTS = {
  long: { documents: 50, hostile: 25, tables: 25 },
  short: { documents: 6, hostile: 3, tables: 6 },
} as const;

/**
 * Proves documents and tables: each is a sound package, comes out byte for byte the same twice, holds every text to the
 * letter and as text, leads to no address but http, https and mailto, and holds no formula; tables read back as they were,
 * and small files of much content hold nobody else up.
 * The long form has LibreOffice open all of them: the same text on the pages, the same cells, and no cell a formula,
 * whatever separates the cells of a CSV file.
 */
export async function prove({ short, seed }: ProofOptions): Promise<ProofResult> {
  const findings = new Findings();
  const counts = short ? COUNTS.short : COUNTS.long;
  const documents = await makeDocuments(randomModels(counts.documents, seed), findings);
  const hostile = await makeHostile(counts.hostile, seed, findings);
  const tables = await makeTables(counts.tables, seed, findings);
  const bombs = await readBombs(seed, short, findings);
  const read = `${bombs.count} files of much content read in slices of at most ${bombs.longest} ms`;
  const made = `${documents.length} documents, ${hostile.length} hostile ones, ${tables.length} tables; ${read}`;
  if (short) return findings.result(`${made}; LibreOffice opens them in the long form`);
  const lacks = ["soffice", "pdftotext"].filter((name) => !toolAvailable(name));
  if (lacks.length > 0) return { ...findings.result(made), lacks };
  const office = await LibreOffice.make();
  try {
    await comparePages(office, documents, findings);
    await compareTexts(office, [...documents, ...hostile], findings);
    await compareCells(office, tables, findings);
  } finally {
    await office.remove();
  }
  return findings.result(`${made}, all opened by LibreOffice with the same text and cells`);
}
