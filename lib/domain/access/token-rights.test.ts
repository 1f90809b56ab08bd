import { describe, expect, it } from "vitest";
import { ACTION_NAMES, ACTIONS } from "@/lib/domain/access/actions";
import { authorise } from "@/lib/domain/access/authorise";
import type { Facts } from "@/lib/domain/access/facts";
import { POLICY } from "@/lib/domain/access/policy";
import { TOKEN_ACTIONS, type TokenFacts } from "@/lib/domain/access/token-rights";

const lead = (token: TokenFacts | null): Facts => ({
  now: 0,
  token,
  actor: {
    userId: "me",
    organisationId: "entity",
    organisationRole: "admin",
    operator: false,
    leadsEngagements: true,
    stepUpAt: 0,
  },
  engagement: {
    entityOrganisationId: "entity",
    assessorOrganisationId: null,
    assessorAccepted: false,
    roles: ["lead"],
  },
});
const own = { organisationId: "entity" };
const code = (facts: Facts, ask: (facts: Facts) => ReturnType<typeof authorise>) => {
  const decision = ask(facts);
  return decision.ok ? "allowed" : decision.error.code;
};

describe("what a token does for its person", () => {
  it("is never what the person has to show again who they are for", () => {
    for (const action of ACTION_NAMES) {
      const asks = Object.values(POLICY[action]).some((rule) => rule.when.includes("step_up"));
      if (asks) expect(TOKEN_ACTIONS[action], action).toBeNull();
    }
  });

  it("is neither a decision over somebody's work, nor about people, factors or settings", () => {
    const never = ACTION_NAMES.filter((action) => TOKEN_ACTIONS[action] === null);
    expect(never).toEqual([
      "service.settings",
      "organisation.settings",
      "organisation.invite",
      "organisation.accounts",
      "organisation.people",
      "organisation.services",
      "organisation.trail_export",
      "engagement.settings",
      "engagement.roll_forward",
      "engagement.people",
      "assessor.invite",
      "assessor.accept",
      "assessor.staff",
      "criteria.decide",
      "worksheet.approve_internally",
      "worksheet.sign",
      "worksheet.refuse",
      "worksheet.revoke",
      "worksheet.reopen",
      "engagement.export_all",
      "trail.export",
    ]);
  });

  it("is what its scope says, and never more than the person may", () => {
    const scoped = (scope: "read" | "write") => ({ scope, reaches: true });
    const answer = (facts: Facts) => authorise(facts, "scope.answer", null);
    const read = (facts: Facts) => authorise(facts, "scope.read", null);
    const settings = (facts: Facts) => authorise(facts, "engagement.settings", null);
    expect(code(lead(scoped("read")), read)).toBe("allowed");
    expect(code(lead(scoped("read")), answer)).toBe("token_scope");
    expect(code(lead(scoped("write")), answer)).toBe("allowed");
    expect(code(lead(scoped("write")), settings)).toBe("token_act");
    expect(code(lead(null), settings)).toBe("allowed");
    const nobody = { ...lead(scoped("write")), engagement: null };
    expect(code(nobody, read)).toBe("not_visible");
  });

  it("ends at the engagements that it is limited to: others look absent, and the organisation is out of reach", () => {
    const elsewhere = lead({ scope: "write", reaches: false });
    for (const action of ACTION_NAMES) {
      const kind = ACTIONS[action];
      const target = { organisation: own, person: { ...own, personId: "p" }, thread: { visibility: "shared" } }[
        kind as "thread"
      ];
      const decision = authorise(elsewhere, action, (target ?? null) as never);
      expect(decision.ok, action).toBe(false);
      if (kind === "engagement") expect(decision).toMatchObject({ error: { visible: false } });
    }
    expect(code(elsewhere, (facts) => authorise(facts, "organisation.read", own))).toBe("token_reach");
  });
});
