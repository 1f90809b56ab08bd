import type { WorksheetImportDto } from "@/lib/contracts/oscal-import";

/** The most fields beside the parts that a preview tells, of all its worksheets. */
export const MOST_FIELDS = 2_000;
/** The most characters, as JSON, of what stands now in the parts that change. */
export const MOST_BEFORE = 4_000_000;

/**
 * A preview that is told within bounds: what is left out of a worksheet is counted there. What would be written is told whole
 * by its change, which is sent back; this is what stands now.
 */
export function boundedPreview(worksheets: readonly WorksheetImportDto[]): WorksheetImportDto[] {
  let [fields, characters] = [MOST_FIELDS, MOST_BEFORE];
  return worksheets.map((worksheet) => {
    const told = worksheet.fields.slice(0, fields);
    fields -= told.length;
    let leftOut = worksheet.fields.length - told.length;
    const before = worksheet.before.map((content) => {
      const size = JSON.stringify(content).length;
      if (size <= characters) {
        characters -= size;
        return content;
      }
      leftOut += 1;
      return null;
    });
    return { ...worksheet, fields: told, before, leftOut };
  });
}
