import { describe, expect, it } from "vitest";
import { authorise } from "@/lib/domain/access/authorise";
import type { Facts, WorksheetFacts } from "@/lib/domain/access/facts";
import { ENGAGEMENT_ROLES, type EngagementRole } from "@/lib/domain/access/roles";
import {
  givenName,
  reviewDue,
  SERVICE_ROLES,
  saysService,
  serviceName,
  serviceRoleBarrier,
  standingSince,
} from "@/lib/domain/access/service-accounts";

const program = (role: EngagementRole, scope: "read" | "write"): Facts => ({
  now: 0,
  token: { scope, reaches: true },
  actor: {
    userId: "program",
    organisationId: "entity",
    organisationRole: "member",
    operator: false,
    leadsEngagements: false,
    stepUpAt: null,
  },
  engagement: {
    entityOrganisationId: "entity",
    assessorOrganisationId: null,
    assessorAccepted: false,
    roles: [role],
  },
});
const sheet: WorksheetFacts = {
  state: "draft",
  assigneeIds: ["program"],
  authorIds: [],
  signerId: null,
  hasSubmittedRevision: true,
  hasSignedRevision: true,
};

describe("what a program may by the role that it has", () => {
  const EDIT = "worksheet.edit";
  /** action, as contributor to write, as contributor to read, as observer to write. */
  const TABLE = [
    ["worksheet.read", true, true, true],
    [EDIT, true, false, false],
    ["evidence.add", true, false, false],
    ["evidence.remove", true, false, false],
    ["criteria.answer", true, false, false],
    ["comment.shared", true, false, false],
    ["worksheet.export", true, true, true],
    ["worksheet.submit", false, false, false],
    ["worksheet.withdraw", false, false, false],
    ["worksheet.approve_internally", false, false, false],
    ["worksheet.send_back", false, false, false],
    ["worksheet.request_changes", false, false, false],
    ["worksheet.sign", false, false, false],
    ["worksheet.refuse", false, false, false],
    ["worksheet.revoke", false, false, false],
    ["worksheet.reopen", false, false, false],
    ["criteria.decide", false, false, false],
    ["criteria.propose", false, false, false],
    ["worksheet.assign", false, false, false],
  ] as const;

  it.each(TABLE)("%s", (action, writing, reading, observing) => {
    const may = (role: EngagementRole, scope: "read" | "write") => authorise(program(role, scope), action, sheet).ok;
    expect([may("contributor", "write"), may("contributor", "read"), may("observer", "write")]).toEqual([
      writing,
      reading,
      observing,
    ]);
  });

  it("is about no organisation but to read what every member reads", () => {
    const own = { organisationId: "entity" };
    const may = (action: "organisation.read" | "organisation.services" | "organisation.trail" | "engagement.create") =>
      authorise(program("contributor", "write"), action, own).ok;
    expect(may("organisation.read")).toBe(true);
    for (const action of ["organisation.services", "organisation.trail", "engagement.create"] as const) {
      expect(may(action), action).toBe(false);
    }
  });
});

it("writes what is assigned to it, or reads: it never leads, reviews, assesses or decides", () => {
  expect(ENGAGEMENT_ROLES.filter((role) => serviceRoleBarrier(role) === null)).toEqual([...SERVICE_ROLES]);
  expect(SERVICE_ROLES).toEqual(["contributor", "observer"]);
});

it("says in its name what it is, and no person's name does", () => {
  expect(serviceName("Ticket bridge")).toBe("Ticket bridge (service account)");
  expect(givenName(serviceName("Ticket bridge"))).toBe("Ticket bridge");
  for (const name of [serviceName("x"), "A (Service Account)", "A ( service  account ) ", "A （service account）"]) {
    expect(saysService(name), name).toBe(true);
  }
  for (const name of ["Ada", "Service account", "(service account) Ada"]) expect(saysService(name), name).toBe(false);
});

it("is reviewed every half year, also where that day is not in the month", () => {
  const due = (createdAt: string, reviewedAt?: string) =>
    reviewDue({ createdAt: new Date(createdAt), reviewedAt: reviewedAt ? new Date(reviewedAt) : null }).toISOString();
  expect(due("2026-01-15T10:00:00Z")).toBe("2026-07-15T10:00:00.000Z");
  expect(due("2026-08-31T10:00:00Z")).toBe("2027-02-28T10:00:00.000Z");
  expect(due("2026-01-15T10:00:00Z", "2026-03-01T08:00:00Z")).toBe("2026-09-01T08:00:00.000Z");
});

describe("what was seen of a service account", () => {
  const names = { engagement: (id: string) => `E${id}`, token: (id: string) => `T${id}`, role: (role: string) => role };
  const seen = {
    disabled: false,
    ...{ roles: [{ engagementId: "1", role: "contributor" as const }], tokenIds: ["1", "2"] },
  };

  it("is the same in any order", () => {
    const roles = [...seen.roles, { engagementId: "2", role: "observer" as const }];
    const turned = { disabled: false, roles: [...roles].reverse(), tokenIds: ["2", "1"] };
    expect(standingSince({ ...seen, roles }, turned, names)).toEqual([]);
  });

  it("differs by each role and token that came or went", () => {
    const now = { disabled: false, roles: [{ engagementId: "1", role: "observer" as const }], tokenIds: ["2", "3"] };
    expect(standingSince(seen, now, names)).toEqual([
      "It is observer in E1 now.",
      "It is no longer contributor in E1.",
      "The token “T3” was made.",
      "A token that you saw no longer serves.",
    ]);
    expect(standingSince(seen, { ...seen, tokenIds: [] }, names)).toEqual(["2 tokens that you saw no longer serve."]);
  });

  it("differs where it was disabled or enabled meanwhile", () => {
    const off = { ...seen, disabled: true };
    expect([standingSince(seen, off, names), standingSince(off, seen, names), standingSince(off, off, names)]).toEqual([
      ["It was disabled."],
      ["It was enabled."],
      [],
    ]);
  });
});
