import type {
  ConstraintType,
  ControlNature,
  ControlOrigin,
  RiskLevel,
  ScopeItemKind,
  TestOutcome,
} from "@/lib/domain/worksheet/model";

/** Where a control comes from, as documents say it. */
export const ORIGIN_WORDS: Readonly<Record<ControlOrigin, string>> = {
  new: "New control",
  required_elsewhere: "Required elsewhere",
  combination: "Existing and new controls together",
};
/** How a control works, as documents say it. */
export const NATURE_WORDS: Readonly<Record<ControlNature, string>> = {
  preventive: "Preventive",
  detective: "Detective",
  corrective: "Corrective",
};
/** The kind of constraint, as documents say it. */
export const CONSTRAINT_WORDS: Readonly<Record<ConstraintType, string>> = {
  technical: "Technical",
  business: "Business",
  legal: "Legal",
};
/** A step of likelihood or impact, as documents say it. */
export const RISK_LEVEL_WORDS: Readonly<Record<RiskLevel, string>> = { low: "Low", medium: "Medium", high: "High" };
/** The outcome of a test, as documents say it. */
export const OUTCOME_WORDS: Readonly<Record<TestOutcome, string>> = {
  not_run: "Not run yet",
  effective: "Effective",
  effective_with_findings: "Effective, with findings",
  not_effective: "Not effective",
};
/** What a scope item is, as documents say it. */
export const SCOPE_KIND_WORDS: Readonly<Record<ScopeItemKind, string>> = {
  account: "Account",
  region: "Region",
  key: "Key",
  principal: "Principal",
  system: "System",
  network: "Network",
  data: "Data",
  other: "Other",
};
