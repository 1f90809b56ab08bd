import { createHash } from "node:crypto";
import type { DemoEngagement, DemoWorksheet } from "./types";

/** An item id that is the same on every seeding: a UUID-shaped hash of the worksheet's name and the item's label. */
export function demoItemId(worksheet: string, label: string): string {
  const hex = createHash("sha256").update(`countervail demo|${worksheet}|${label}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The name that a worksheet's item ids are made of: its number, and the version where it is not the current one. */
export function demoWorksheetName(
  engagement: Pick<DemoEngagement, "standardVersion">,
  worksheet: Pick<DemoWorksheet, "number">,
): string {
  return engagement.standardVersion === "4.0.1"
    ? worksheet.number
    : `${worksheet.number} of ${engagement.standardVersion}`;
}
