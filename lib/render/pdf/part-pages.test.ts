import { expect, test, vi } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderPart } from "@/lib/render/pdf/render-pdf";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { inOrder, inspectPdf, missingPdfPrograms } from "@/test/pdf-tools";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts: readFontFiles(), paper: "Letter" } as const;
const readable = test.skipIf(missingPdfPrograms().length > 0);
const signed = worksheetModel("4.0.1", true);

readable(
  "a certificate says what was decided upon which revision by whom, word for word, with the digest",
  async () => {
    const [decision] = signed.signOffs;
    const { text, title, pages } = inspectPdf(await renderPart(signed, "certificate", settings));
    expect(title).toBe("Sign-off certificate 8.3.4, Harbour Lane Payments");
    expect(pages).toBe(1);
    const parts = ["Sign-off certificate", "8.3.4", `Signed: revision ${signed.revision}`, decision?.signerName ?? "?"];
    expect(inOrder(text, parts)).toBe(true);
    expect(text.replace(/\s/g, "")).toContain((decision?.statementText ?? "?").replace(/\s/g, ""));
    expect(text).toContain(decision?.digest);
    expect(text).not.toContain("DRAFT");
  },
);

readable("a certificate never lends a revision the decision on another one, and a draft has none", async () => {
  const other = { ...signed, revision: signed.revision + 1 };
  for (const model of [other, { ...signed, frozen: false, draft: true }]) {
    const { text } = inspectPdf(await renderPart(model, "certificate", settings));
    expect(text).toContain("This worksheet has not been decided upon.");
    expect(text).not.toContain(signed.signOffs[0]?.statementText);
  }
});

readable("the index has all evidence with the digests of its files, the report all rules", async () => {
  const index = inspectPdf(await renderPart(signed, "evidence", settings));
  for (const { title } of signed.evidence) expect(index.text).toContain(title);
  expect(index.text.replace(/\s/g, "")).toContain(`SHA-256${"c0ffee".repeat(10)}0000`);
  const report = inspectPdf(await renderPart(signed, "rigour", settings));
  for (const { rule } of signed.rigour.rules) expect(report.text).toContain(rule);
  expect(report.title).toBe("Rigour report 8.3.4, Harbour Lane Payments");
});
