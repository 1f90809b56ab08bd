import type { EngagementRole } from "@/lib/domain/access/roles";

/** How the roles of an engagement are called in the trail. */
export const ROLE_WORDS: Readonly<Record<EngagementRole, string>> = {
  lead: "lead",
  contributor: "contributor",
  internal_reviewer: "internal reviewer",
  observer: "observer",
  qsa_lead: "QSA lead",
  qsa_assistant: "QSA assistant",
  isa: "ISA",
  officer: "executive officer",
};
