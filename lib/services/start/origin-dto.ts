import type { PersonRef } from "@/lib/contracts/section";
import type { OriginDto } from "@/lib/contracts/start";
import type { StoredOrigin } from "@/lib/data/origins";
import { personRef } from "@/lib/data/people";
import type { View } from "@/lib/domain/access/policy";
import { SAMPLES } from "@/lib/samples/library";

/** What a draft began as, as far as a view is told of it; null when it was written from nothing. */
export function originDto(
  origin: StoredOrigin | null,
  view: View,
  names: ReadonlyMap<string, PersonRef>,
): OriginDto | null {
  if (origin === null) return null;
  const { kind, title, takenAt, takenById } = origin;
  return {
    kind,
    // The name of another engagement is the entity's own business.
    title: view === "all" || kind === "sample" ? title : "another worksheet",
    takenAt: takenAt.toISOString(),
    takenBy: personRef(names, takenById),
    source: view === "all" ? sourceOf(origin) : null,
  };
}

function sourceOf(origin: StoredOrigin): NonNullable<OriginDto["source"]> {
  if (origin.kind === "sample") {
    const { sampleId, evidence = [] } = origin.source;
    const requirementNumber = SAMPLES.find(({ id }) => id === sampleId)?.requirementNumber ?? "";
    return { sampleId, worksheetId: null, requirementNumber, evidence };
  }
  const { worksheetId, requirementNumber, evidence = [] } = origin.source;
  return { sampleId: null, worksheetId, requirementNumber, evidence };
}
