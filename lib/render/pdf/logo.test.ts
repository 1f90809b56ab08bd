import { expect, it } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderPart, renderWorkbook } from "@/lib/render/pdf/render-pdf";
import { makeLogoFile } from "@/lib/render/picture/logo-file";
import { CAMERA_JPEGS } from "@/test/fixtures/jpeg-files";
import { pngFile } from "@/test/fixtures/png-file";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";

const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts: readFontFiles(), paper: "A4" } as const;
/** A slope of colours with some noise, which packs badly, as photographs do. */
const noisy = (kind: 2 | 6) => {
  const file = pngFile({ width: 300, height: 120, kind });
  return makeLogoFile(file, 512 * 1024);
};

it.each([
  ["a PNG", () => noisy(2)],
  ["a PNG that is clear in part", () => noisy(6)],
  ["a JPEG", () => makeLogoFile(Buffer.from(CAMERA_JPEGS.progressive, "base64"), 512 * 1024)],
])("%s makes a PDF larger by about what is stored of it, which is what the estimate counts", async (_, make) => {
  const { type, picture } = make();
  const logo = { type, alt: "A crane", data: Buffer.from(picture).toString("base64") };
  const model = workbookModel("4.0.1", 1);
  const [plain, dressed] = [await renderWorkbook(model, settings), await renderWorkbook(model, { ...settings, logo })];
  expect(dressed.length - plain.length).toBeLessThan(picture.length * 1.25 + 2_000);
  const sheet = worksheetModel("4.0.1");
  expect(await renderPart(sheet, "evidence", { ...settings, logo })).toEqual(
    await renderPart(sheet, "evidence", { ...settings, logo }),
  );
});
