import { plainSection } from "@/components/review/display";
import { plainEvidence } from "@/components/review/evidence-links";
import { SectionView } from "@/components/review/section-view";
import { SectionFrame } from "@/components/worksheet/section-heading";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { PartContents } from "@/lib/domain/worksheet/model";
import type { TextPartKey } from "@/lib/domain/worksheet/sections";

/** The parts to read, in their order. */
export function ReadOnlySections(props: {
  readonly worksheetId: string;
  readonly sections: PartContents;
  readonly evidence: readonly EvidenceDto[];
  readonly order: readonly TextPartKey[];
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
