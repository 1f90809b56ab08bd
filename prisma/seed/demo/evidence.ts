import type { DemoCalendar } from "./calendar";
import type { DemoEvidence } from "./types";

/** Makes an evidence link: label, section, item label or null, title, what it shows, day collected, day of expiry. */
export type EvidenceRow = (
  label: string,
  section: DemoEvidence["section"],
  item: string | null,
  title: string,
  shows: string,
  collected?: number,
  validUntil?: number,
) => DemoEvidence;

/** Evidence links below `https://evidence.<host>/<requirement>/`; without other days collected on `usual` and valid for a year. */
export function evidenceRows(on: DemoCalendar, host: string, requirement: string, usual: number): EvidenceRow {
  return (label, section, item, title, shows, collected = usual, validUntil = collected + 365) => ({
    label,
    section,
    item,
    title: `${label} · ${title}`,
    url: `https://evidence.${host}/${requirement}/${label.toLowerCase()}`,
    shows,
    collectedOn: on.iso(collected),
    validUntil: on.iso(validUntil),
  });
}
