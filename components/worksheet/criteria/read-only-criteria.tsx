import { plainCriteria } from "@/components/review/display-criteria";
import { SectionView } from "@/components/review/section-view";
import { SectionFrame } from "@/components/worksheet/section-heading";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type CriterionAnswer, frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import { CRITERIA_PART } from "@/lib/domain/worksheet/sections";

/** The answers to the version's criteria, to read. */
export function ReadOnlyCriteria(props: {
  readonly worksheetId: string;
  readonly answers: readonly CriterionAnswer[];
  readonly version: StandardVersion;
}) {
  return (
    <SectionFrame section={CRITERIA_PART} number="B">
      <SectionView
        worksheetId={props.worksheetId}
        section={plainCriteria(frozenAnswers(props.answers, props.version), props.version)}
        evidence={[]}
        talk={null}
      />
    </SectionFrame>
  );
}
