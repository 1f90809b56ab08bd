import type { Rule } from "@/lib/domain/rigour/finding";
import { documentedConstraint, notMerelyCost, reallyUnmeetable } from "@/lib/domain/rigour/rules/constraints";
import { mixOfNatures, nothingOwed, saysWhyBeyond, somethingNew } from "@/lib/domain/rigour/rules/controls";
import { noCustomizedApproach, noMissedTask, noPlainGap, noStoredSad } from "@/lib/domain/rigour/rules/eligibility";
import { soundEvidence } from "@/lib/domain/rigour/rules/evidence";
import { allFilled, oneRequirement, orderOfRows } from "@/lib/domain/rigour/rules/header";
import { endInSight, wholeTasks } from "@/lib/domain/rigour/rules/maintenance";
import { statesTheAim, tiedToYardstick } from "@/lib/domain/rigour/rules/objective";
import { answeredRisks, wholeRisks } from "@/lib/domain/rigour/rules/risk";
import { rolesApart } from "@/lib/domain/rigour/rules/roles";
import { namedScope } from "@/lib/domain/rigour/rules/scope";
import { freshTests, wholeTests } from "@/lib/domain/rigour/rules/validation";

/** The 25 rules in the order of their ids. Source: facts, section 6. */
export const RULES: readonly Rule[] = [
  oneRequirement,
  allFilled,
  orderOfRows,
  documentedConstraint,
  notMerelyCost,
  reallyUnmeetable,
  noPlainGap,
  noStoredSad,
  noMissedTask,
  noCustomizedApproach,
  somethingNew,
  nothingOwed,
  saysWhyBeyond,
  statesTheAim,
  tiedToYardstick,
  wholeRisks,
  answeredRisks,
  mixOfNatures,
  wholeTests,
  freshTests,
  soundEvidence,
  wholeTasks,
  endInSight,
  rolesApart,
  namedScope,
];
