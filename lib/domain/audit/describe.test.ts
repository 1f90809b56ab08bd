import { describe, expect, test } from "vitest";
import { describeEvent, type EventNames, peopleIn } from "@/lib/domain/audit/describe";
import { AUDIT_ACTIONS } from "@/lib/domain/audit/event-labels";
import type { AuditAction, AuditDetails, MoveDetail } from "@/lib/domain/audit/event-types";

const names: EventNames = {
  person: (id) => ({ kim: "Kim Lee", ann: "Ann Ode" })[id] ?? "Unknown person",
  requirementNumber: "8.3.4",
  kind: "ccw",
};
const say = <A extends AuditAction>(action: A, detail: Partial<AuditDetails[A]>, actorId: string | null = "kim") =>
  describeEvent({ action, actorId, detail }, names);

const move: MoveDetail = { move: "submit", from: "draft", to: "qsa_review", revision: 2, reason: "" };

describe("events as sentences", () => {
  test.each(AUDIT_ACTIONS)("%s reads well, also with a detail of another time", (action) => {
    for (const detail of [{}, null, "text", { section: "gone", role: "gone", reason: null }]) {
      for (const requirementNumber of ["8.3.4", null]) {
        const sentence = describeEvent({ action, actorId: "kim", detail }, { ...names, requirementNumber });
        expect(sentence).toMatch(/^Kim Lee [a-z].*\.$/);
        expect(sentence).not.toMatch(/undefined|null|\[object| {2}/);
      }
    }
  });

  test.each([
    [
      say("section.saved", { section: "identifiedRisk" }),
      "Kim Lee saved “Identified Risk” of the worksheet for 8.3.4.",
    ],
    [say("worksheet.submitted", move), "Kim Lee submitted revision 2 for 8.3.4."],
    [
      say("worksheet.submitted", { ...move, to: "internal_review" }),
      "Kim Lee submitted revision 2 for 8.3.4 for internal review.",
    ],
    [
      say("worksheet.changes_requested", { ...move, reason: "T1 names no sample" }),
      "Kim Lee asked for changes to revision 2 for 8.3.4: “T1 names no sample”.",
    ],
    [say("worksheet.signed", { ...move, digest: "d" }), "Kim Lee signed revision 2 for 8.3.4."],
    [say("revision.viewed", { revision: 2 }), "Kim Lee read revision 2 for 8.3.4."],
    [
      say("revision.viewed", { revision: 2, within: "risks" }),
      "Kim Lee read revision 2 for 8.3.4, as far as the risks of the engagement show it.",
    ],
    [
      say("revision.viewed", { within: "matrix", revisions: [{ worksheetId: "w", revision: 2 }] }),
      "Kim Lee read 1 submitted worksheet, as far as the matrix of controls shows it.",
    ],
    [
      say("disposition.decided", { requirementNumber: "10.2.1", disposition: "fix_planned" }),
      "Kim Lee set 10.2.1 to “Fix planned”.",
    ],
    [say("engagement.member_added", { personId: "ann", role: "qsa_lead" }), "Kim Lee made Ann Ode QSA lead."],
    [
      say("session.failed", { userId: null, reason: "unknown_account" }, null),
      "Somebody failed to sign in: no such account.",
    ],
    [
      say("access.denied", { attempted: "worksheet.sign", code: "not_an_author" }),
      "Kim Lee was not allowed to sign a worksheet: they wrote part of it.",
    ],
    [
      say("access.denied", { attempted: "worksheet.sign", code: "not_an_author", kind: "risk_analysis" }),
      "Kim Lee was not allowed to sign a targeted risk analysis: they wrote part of it.",
    ],
    [
      say("access.denied", { attempted: "worksheet.refuse", code: "step_up" }),
      "Kim Lee was asked to show again who it is, to refuse a worksheet.",
    ],
    [
      say("access.denied", { attempted: "account.factors", code: "step_up" }),
      "Kim Lee was asked to show again who it is, to change their second factors.",
    ],
    [
      say("access.denied", { attempted: "moon.land", code: "gone" }),
      "Kim Lee was not allowed to do “moon.land”: no role for it.",
    ],
    [
      say("export.made", { what: "worksheet", format: "pdf", revision: 2 }),
      "Kim Lee exported revision 2 for 8.3.4 as PDF.",
    ],
    [
      say("export.requested", { exportId: "e", what: "document", format: "docx" }),
      "Kim Lee asked for the workbook as DOCX.",
    ],
    [say("key.created", { key: "data", keyIds: ["d"], purpose: "totp_factor.secret" }), "Kim Lee made 1 data key."],
    [
      say("key.signing_created", { number: 1, purposes: ["root", "statement"], keyIds: ["a", "b"] }, null),
      "The service made the signing keys for root, statement.",
    ],
    [
      say("key.signing_rotated", { number: 2, purposes: ["checkpoint"], keyIds: ["b"], former: ["a"] }, null),
      "The service replaced the signing key for checkpoint.",
    ],
    [say("key.retired", { key: "kek", keyIds: ["a", "b"] }, null), "The service retired 2 key-encryption keys."],
    [
      say("key.rotated", { what: "data_keys", count: 1 }, null),
      "The service wrapped 1 data key under the new key-encryption key.",
    ],
    [
      say(
        "service.gap_recorded",
        { reason: "disk lost", chains: [{ logId: "org:a", signed: { size: 9, root: "r" }, size: 4 }] },
        null,
      ),
      "The service recorded a gap: 9 events had been signed, 4 were there after data were put back: “disk lost”.",
    ],
    [say("catalogue.loaded", { catalogueVersion: "2026-11" }, null), "The service loaded the catalogue 2026-11."],
    [
      say("scope.answered", { added: ["1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.2.6", "1.2.7"] }),
      "Kim Lee answered the scope, which added 1.2.1, 1.2.2, 1.2.3, 1.2.4, 1.2.5 and 2 more.",
    ],
  ])("%s", (sentence, expected) => {
    expect(sentence).toBe(expected);
  });

  test.each([
    ["worksheet.signed", { ...move, digest: "d" }, "signed revision 2 of the targeted risk analysis for 10.4.2.1."],
    ["worksheet.withdrawn", { ...move, reason: "" }, "withdrew the targeted risk analysis for 10.4.2.1."],
    ["worksheet.assigned", { assigneeIds: ["ann"] }, "gave the targeted risk analysis for 10.4.2.1 to Ann Ode."],
    [
      "section.saved",
      { section: "approval" },
      "saved “Approval and review” of the targeted risk analysis for 10.4.2.1.",
    ],
    ["comment.added", {}, "commented on the targeted risk analysis for 10.4.2.1."],
    ["thread.opened", { section: null }, "opened a thread on the targeted risk analysis for 10.4.2.1."],
    ["export.made", { what: "worksheet", format: "pdf" }, "exported the targeted risk analysis for 10.4.2.1 as PDF."],
  ] as const)("%s of a record names the record", (action, detail, said) => {
    const record = { ...names, requirementNumber: "10.4.2.1", kind: "risk_analysis" } as const;
    expect(describeEvent({ action, actorId: "kim", detail }, record)).toBe(`Kim Lee ${said}`);
  });

  test("an event that this version does not know is named as it was stored", () => {
    expect(describeEvent({ action: "moon.landed", actorId: "kim", detail: {} }, names)).toBe("Kim Lee: moon.landed.");
    expect(describeEvent({ action: "toString", actorId: null, detail: {} }, names)).toBe("The service: toString.");
    expect(describeEvent(null, names)).toBe("The service: an event without a name.");
  });

  test("says whose names it needs", () => {
    expect(peopleIn({ actorId: "a", detail: { personId: "b", assigneeIds: ["c", "a"], threadId: "t" } })).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(peopleIn({ actorId: null, detail: { userId: null } })).toEqual([]);
    expect(peopleIn(null)).toEqual([]);
  });
});
