import { describe, expect, test } from "vitest";
import { ACTION_NAMES, ACTIONS, type Action } from "@/lib/domain/access/actions";
import { authorise } from "@/lib/domain/access/authorise";
import type { ActorFacts, EngagementFacts, Facts, Targets, WorksheetFacts } from "@/lib/domain/access/facts";
import { ENGAGEMENT_ROLES } from "@/lib/domain/access/roles";
import { STEP_UP_MS } from "@/lib/domain/security/step-up";

const NOW = 1_800_000_000_000;
const worksheet: WorksheetFacts = {
  state: "qsa_review",
  assigneeIds: [],
  authorIds: ["writer"],
  signerId: null,
  hasSubmittedRevision: true,
  hasSignedRevision: false,
};
const targets: Targets = {
  service: null,
  organisation: { organisationId: "entity" },
  person: { organisationId: "entity", personId: "p" },
  engagement: null,
  member: { personId: "p" },
  row: { ownerId: null },
  worksheet,
  thread: { visibility: "shared", openerOrganisationId: "entity", worksheet },
};

function facts(actor: Partial<ActorFacts>, engagement: Partial<EngagementFacts> = {}): Facts {
  return {
    token: null,
    actor: {
      userId: "me",
      organisationId: "entity",
      organisationRole: "member",
      operator: false,
      leadsEngagements: false,
      stepUpAt: NOW,
      ...actor,
    },
    engagement: {
      entityOrganisationId: "entity",
      assessorOrganisationId: "assessor",
      assessorAccepted: true,
      roles: [],
      ...engagement,
    },
    now: NOW,
  };
}
const ask = (given: Facts, action: Action) => authorise(given, action, targets[ACTIONS[action]]);
const tenantActions = ACTION_NAMES.filter((action) => action !== "service.settings");

describe("who is a stranger", () => {
  test.each(tenantActions)(
    "%s: nothing exists for people of other organisations, whatever rows name them",
    (action) => {
      for (const organisationRole of ["admin", "member", null] as const) {
        const stranger = facts({ organisationId: "elsewhere", organisationRole }, { roles: ENGAGEMENT_ROLES });
        expect(ask(stranger, action)).toMatchObject({ ok: false, error: { visible: false, code: "not_visible" } });
      }
    },
  );

  test.each(tenantActions)("%s: an operator sees no tenant content, whatever else the account holds", (action) => {
    const operator = facts({ operator: true, organisationRole: "admin" }, { roles: ENGAGEMENT_ROLES });
    expect(ask(operator, action)).toMatchObject({ ok: false, error: { visible: false } });
  });

  test("a colleague without a role in the engagement is one, a colleague whose role does not count is not", () => {
    expect(ask(facts({}), "worksheet.read")).toMatchObject({ error: { visible: false } });
    expect(ask(facts({}, { roles: ["isa"] }), "worksheet.sign")).toMatchObject({
      error: { visible: true, code: "not_allowed" },
    });
  });

  test("somebody who left the organisation is one", () => {
    const left = facts({ organisationRole: null }, { roles: ["lead"] });
    expect(ask(left, "worksheet.read")).toMatchObject({ error: { visible: false } });
    expect(ask(left, "organisation.read")).toMatchObject({ error: { visible: false } });
  });

  test("the other company's private note exists for nobody else", () => {
    const thread = { ...targets.thread, visibility: "private" as const, openerOrganisationId: "assessor" };
    const lead = facts({}, { roles: ["lead"] });
    const qsa = facts({ organisationId: "assessor" }, { roles: ["qsa_assistant"] });
    const powerless = facts({}, { roles: ["isa"] });
    for (const action of ["thread.read", "thread.reply", "thread.resolve"] as const) {
      expect(authorise(lead, action, thread)).toMatchObject({ ok: false, error: { visible: false } });
      expect(authorise(powerless, action, thread)).toMatchObject({ ok: false, error: { visible: false } });
      expect(authorise(qsa, action, thread).ok).toBe(true);
    }
  });
});

describe("roles count on their own side only", () => {
  test("entity roles give nothing to the assessor's people, QSA roles nothing to the entity's", () => {
    const qsa = facts({ organisationId: "assessor" }, { roles: ["lead", "contributor", "qsa_lead"] });
    expect(ask(qsa, "worksheet.edit")).toMatchObject({ error: { code: "not_allowed" } });
    expect(ask(qsa, "worksheet.sign").ok).toBe(true);
    const entity = facts({}, { roles: ["lead", "qsa_lead"] });
    expect(ask(entity, "worksheet.sign")).toMatchObject({ error: { code: "not_allowed" } });
  });

  test("an ISA or officer decides only where no assessor company takes part, invited ones included", () => {
    for (const role of ["isa", "officer"] as const) {
      const beside = facts({}, { roles: [role], assessorAccepted: false });
      expect(ask(beside, "worksheet.sign").ok).toBe(false);
      const alone = facts({}, { roles: [role], assessorOrganisationId: null, assessorAccepted: false });
      expect(ask(alone, "worksheet.sign")).toMatchObject({ ok: true, value: { as: role } });
    }
  });

  test("an assessor company sees nothing of the content before it accepted", () => {
    const early = facts(
      { organisationId: "assessor", organisationRole: "admin" },
      { roles: ["qsa_lead"], assessorAccepted: false },
    );
    expect(ask(early, "worksheet.read")).toMatchObject({ ok: false, error: { visible: true } });
    expect(ask(early, "assessor.accept").ok).toBe(true);
  });
});

describe("several roles: the strictest separation wins", () => {
  const selfAssessed = { assessorOrganisationId: null, assessorAccepted: false };

  test("who decides as ISA or officer never writes, whatever else they are", () => {
    for (const decider of ["isa", "officer"] as const) {
      const both = facts({}, { ...selfAssessed, roles: ["lead", "contributor", decider] });
      for (const action of [
        "worksheet.edit",
        "worksheet.create",
        "record.open",
        "evidence.add",
        "evidence.remove",
      ] as const) {
        expect(ask(both, action), action).toMatchObject({ ok: false, error: { code: "not_the_decider" } });
      }
    }
  });

  test("who wrote never decides or approves, whatever they are today", () => {
    const writer = facts(
      { userId: "writer" },
      { ...selfAssessed, roles: ["lead", "internal_reviewer", "isa", "officer"] },
    );
    for (const move of ["sign", "refuse", "approve_internally", "send_back"] as const) {
      expect(ask(writer, `worksheet.${move}`), move).toMatchObject({ error: { code: "not_an_author", visible: true } });
    }
  });

  test("of several readings the widest is shown", () => {
    const roles = ["observer", "isa", "contributor"] as const;
    expect(ask(facts({}, { ...selfAssessed, roles }), "worksheet.read")).toMatchObject({ value: { view: "all" } });
  });
});

describe("what is said to somebody without the right", () => {
  test("names only roles that count in the engagement", () => {
    const assistant = facts({ organisationId: "assessor" }, { roles: ["qsa_assistant"] });
    expect(ask(assistant, "worksheet.sign")).toMatchObject({ error: { reason: "Only the QSA lead may do this." } });
    const lead = facts({}, { assessorOrganisationId: null, assessorAccepted: false, roles: ["lead"] });
    expect(ask(lead, "worksheet.sign")).toMatchObject({
      error: { reason: "Only the ISA or the executive officer may do this." },
    });
  });
});

describe("step-up", () => {
  test.each([
    [0, true],
    [STEP_UP_MS - 1, true],
    [STEP_UP_MS, false],
    [-5_000, true],
    [-5_001, false],
  ])("a password entered %i ms ago counts: %s", (age, counts) => {
    const qsa = facts({ organisationId: "assessor", stepUpAt: NOW - age }, { roles: ["qsa_lead"] });
    const outcome = ask(qsa, "worksheet.sign");
    expect(outcome.ok).toBe(counts);
    if (!outcome.ok)
      expect(outcome.error).toMatchObject({ code: "step_up", reason: "Show again that it is you, to go on." });
  });

  test("is asked for only when nothing else is in the way", () => {
    const qsa = facts({ userId: "writer", organisationId: "assessor", stepUpAt: null }, { roles: ["qsa_lead"] });
    expect(ask(qsa, "worksheet.sign")).toMatchObject({ error: { code: "not_an_author" } });
  });
});
