import type { FieldGuidance, ItemField, SingleField } from "@/lib/domain/worksheet/fields/names";

/** The constraint, the things that the worksheet covers, and where the objective is taken from. */
export const CONSTRAINT_FIELDS: Readonly<
  Record<SingleField<"constraints" | "objective"> | ItemField<"scope">, FieldGuidance>
> = {
  "constraints.constraintType": {
    asks: "What kind of thing stands in the way. Technical: a product cannot do it. Business: a process or a duty that is on record forbids it. A law takes another route: the legal exception.",
    criticised:
      "“Business” chosen for what is really cost or lack of time; “legal” for a contract, which is a business constraint.",
    good: "Technical: the sign-in service has no setting for it, and the provider has confirmed that in writing.",
    poor: "Legal, because a supplier's contract runs until next year.",
    sources: ["appendixB", "criticism"],
  },
  "objective.objectiveRef": {
    asks: "Where a reader finds the aim that your controls are measured by: the requirement's customized approach objective, or its purpose where it has none; in 3.2.1 the guidance beside the requirement.",
    criticised: "The bare number of the requirement, which does not say which words were meant.",
    good: "4.0.1, customized approach objective of 8.3.4",
    poor: "PCI DSS",
    sources: ["appendixB", "appendixC"],
  },
  "scope.kind": {
    asks: "What the named thing is, so that a reader knows where to look for it.",
    criticised: "Everything listed as “other”, or a whole network where two users are meant.",
    good: "Principal, for the two users that sign in at the provider itself.",
    poor: "Other, for “AWS”.",
    sources: ["practice"],
  },
  "scope.name": {
    asks: "The name by which anybody can find it: an account id, a key's id, a host name. One thing to a line.",
    criticised: "“All systems”. A worksheet that covers everything is tested nowhere.",
    good: "111122223333",
    poor: "Our production environment",
    sources: ["practice"],
  },
  "scope.detail": {
    asks: "What it is to card data, where it is, and what about it the requirement cannot be met for. Say also what of its kind is left out.",
    criticised: "Nothing that ties the thing to the constraint.",
    good: "Cardholder data environment in eu-west-1. Only the emergency users sign in here; everybody else comes through the identity provider, where the requirement is met.",
    poor: "Important account.",
    sources: ["practice", "appendixC"],
  },
};
