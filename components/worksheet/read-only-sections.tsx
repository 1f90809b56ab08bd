import { plainSection } from "@/components/review/display";
import { plainEvidence } from "@/components/review/evidence-links";
import { SectionView } from "@/components/review/section-view";
import { SectionFrame } from "@/components/worksheet/section-heading";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** The six sections to read, in the version's order. */
export function ReadOnlySections(props: {
  readonly worksheetId: string;
  readonly sections: WorksheetSections;
  readonly evidence: readonly EvidenceDto[];
  readonly order: readonly SectionKey[];
}) {
  return props.order.map((key, at) => (
    <SectionFrame key={key} section={key} number={at + 1}>
      <SectionView
        worksheetId={props.worksheetId}
        section={plainSection(props.sections, key)}
        evidence={plainEvidence(
          props.evidence.filter(({ section }) => section === key),
          ({ freshness }) => freshness,
        )}
        talk={null}
      />
    </SectionFrame>
  ));
}
