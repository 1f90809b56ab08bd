import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { Sample } from "@/lib/samples/sample";

/** A sample's answers to the criteria of its version, as a worksheet holds them. */
export function answersOf({ criteria, standardVersion }: Sample): readonly CriterionAnswer[] {
  return criteriaOf(standardVersion).map(({ id }) => ({ id, answer: criteria[id] }));
}
