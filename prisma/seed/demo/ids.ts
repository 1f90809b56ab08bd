import { createHash } from "node:crypto";

/** An item id that is the same on every seeding: a UUID-shaped hash of the worksheet's name and the item's label. */
export function demoItemId(worksheet: string, label: string): string {
  const hex = createHash("sha256").update(`countervail demo|${worksheet}|${label}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
