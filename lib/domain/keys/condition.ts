import type {
  BooleanFact,
  DataKeyRequesters,
  FactName,
  ImportedExpiry,
  NumberFact,
  ScopeFacts,
} from "@/lib/domain/keys/facts";

/** A statement about the facts that is true, false, or not decided while facts are missing. */
export type Condition =
  | { readonly kind: "always" }
  | { readonly kind: "is"; readonly fact: BooleanFact; readonly value: boolean }
  | { readonly kind: "below"; readonly fact: NumberFact; readonly limit: number }
  | { readonly kind: "above"; readonly fact: NumberFact; readonly limit: number | NumberFact }
  | { readonly kind: "requesters"; readonly are: DataKeyRequesters }
  | { readonly kind: "expiryIsNot"; readonly value: ImportedExpiry }
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] };

/** Three-valued: "undetermined" while the missing facts could turn it either way. */
export type Truth = "yes" | "no" | "undetermined";

/** The outcome of a condition, with the facts that could still turn it. */
export interface Evaluation {
  readonly truth: Truth;
  /** Empty unless undetermined. */
  readonly missing: readonly FactName[];
}

export const ALWAYS: Condition = { kind: "always" };

/** The fact is a yes. */
export function yes(fact: BooleanFact): Condition {
  return { kind: "is", fact, value: true };
}

/** The fact is a no. */
export function no(fact: BooleanFact): Condition {
  return { kind: "is", fact, value: false };
}

/** All of them hold. */
export function all(...of: readonly Condition[]): Condition {
  return { kind: "all", of };
}

/** At least one of them holds. */
export function any(...of: readonly Condition[]): Condition {
  return { kind: "any", of };
}

/** The number is smaller than the limit. */
export function below(fact: NumberFact, limit: number): Condition {
  return { kind: "below", fact, limit };
}

/** The number is greater than the limit, or than another fact. */
export function above(fact: NumberFact, limit: number | NumberFact): Condition {
  return { kind: "above", fact, limit };
}

const YES: Evaluation = { truth: "yes", missing: [] };
const NO: Evaluation = { truth: "no", missing: [] };

/**
 * Evaluates after Kleene: a conjunction with one no is a no and a disjunction with one yes is a yes, whatever else is
 * missing. So an answer given later never turns what was already decided.
 */
export function evaluate(condition: Condition, facts: ScopeFacts): Evaluation {
  switch (condition.kind) {
    case "always":
      return YES;
    case "is":
      return decide(facts[condition.fact], condition.fact, (value) => value === condition.value);
    case "below":
      return decide(facts[condition.fact], condition.fact, (value) => value < condition.limit);
    case "above":
      return evaluateAbove(condition.fact, condition.limit, facts);
    case "requesters":
      return decide(facts.dataKeyRequesters, "dataKeyRequesters", (value) => value === condition.are);
    case "expiryIsNot":
      return decide(facts.importedExpiry, "importedExpiry", (value) => value !== condition.value);
    case "all":
      return combine(
        condition.of.map((part) => evaluate(part, facts)),
        "no",
      );
    case "any":
      return combine(
        condition.of.map((part) => evaluate(part, facts)),
        "yes",
      );
  }
}

function decide<T>(value: T | undefined, fact: FactName, test: (value: T) => boolean): Evaluation {
  if (value === undefined) return { truth: "undetermined", missing: [fact] };
  return test(value) ? YES : NO;
}

function evaluateAbove(fact: NumberFact, limit: number | NumberFact, facts: ScopeFacts): Evaluation {
  if (typeof limit === "number") return decide(facts[fact], fact, (value) => value > limit);
  const value = facts[fact];
  const bound = facts[limit];
  if (value !== undefined && bound !== undefined) return value > bound ? YES : NO;
  const missing = [fact, limit].filter((name) => facts[name] === undefined);
  return { truth: "undetermined", missing };
}

/** `decisive` is the truth that one part alone can give to the whole: no for "all", yes for "any". */
function combine(parts: readonly Evaluation[], decisive: "yes" | "no"): Evaluation {
  if (parts.some(({ truth }) => truth === decisive)) return decisive === "yes" ? YES : NO;
  const open = parts.filter(({ truth }) => truth === "undetermined");
  if (open.length === 0) return decisive === "yes" ? NO : YES;
  return { truth: "undetermined", missing: [...new Set(open.flatMap(({ missing }) => missing))] };
}
