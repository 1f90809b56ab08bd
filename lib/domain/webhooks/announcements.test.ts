import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS } from "@/lib/domain/audit/event-labels";
import { EXPORT_KINDS } from "@/lib/domain/export/states";
import { announcementsOf } from "./announcements";
import { WEBHOOK_TYPE_NAMES } from "./event-types";
import { messageBody } from "./message";

const event = (action: string, detail: object = {}, more: object = {}) => ({
  v: 1,
  at: "2026-11-27T00:00:00.000Z",
  action,
  actorId: "kim",
  actorOrganisationId: "quayside",
  engagementId: "e1",
  worksheetId: "w1",
  detail: { reason: "A text of somebody's.", name: "2026 assessment", ...detail },
  ...more,
});
const audiences = (action: string, detail?: object) =>
  announcementsOf(event(action, detail)).map(({ type, audience }) => `${type} ${audience}`);

describe("what webhooks are told", () => {
  it("has an event behind every public type, and tells nothing of events outside of an engagement", () => {
    const told = AUDIT_ACTIONS.flatMap((action) => announcementsOf(event(action, { exportId: "x1" })));
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(WEBHOOK_TYPE_NAMES));
    for (const action of AUDIT_ACTIONS) {
      expect(announcementsOf(event(action, { exportId: "x1" }, { engagementId: undefined })), action).toEqual([]);
    }
  });

  it("holds no text of people's, whatever an event says", () => {
    for (const action of AUDIT_ACTIONS) {
      expect(JSON.stringify(announcementsOf(event(action, { exportId: "x1" })))).not.toMatch(/somebody's|assessment"/);
    }
  });

  it("keeps drafts, people's tasks and the internal review within the entity", () => {
    for (const action of [
      "worksheet.opened",
      "section.saved",
      "evidence.added",
      "worksheet.assigned",
      "disposition.added",
    ]) {
      expect(audiences(action)).toEqual([expect.stringMatching(/ owner$/)]);
    }
    expect(audiences("worksheet.submitted", { from: "draft", to: "internal_review" })).toEqual([
      "worksheet.submitted owner",
    ]);
    expect(audiences("worksheet.sent_back", { from: "internal_review", to: "draft" })).toEqual([
      "worksheet.sent_back owner",
    ]);
    expect(audiences("worksheet.withdrawn", { from: "internal_review", to: "withdrawn" })).toEqual([
      "worksheet.withdrawn owner",
      "worksheet.withdrawn assessor",
    ]);
    const [, gone] = announcementsOf(event("worksheet.withdrawn", { from: "internal_review", to: "withdrawn" }));
    expect(JSON.stringify(gone)).not.toContain("internal");
    const [own, theirs] = announcementsOf(
      event("worksheet.approved_internally", { from: "internal_review", to: "qsa_review", revision: 2 }),
    );
    expect(own).toMatchObject({ type: "worksheet.approved_internally", audience: "owner" });
    expect(theirs).toMatchObject({
      type: "worksheet.submitted",
      audience: "assessor",
      data: { to: "qsa_review", actorId: null },
    });
    expect(JSON.stringify(theirs)).not.toContain("internal");
    expect(audiences("worksheet.submitted", { from: "draft", to: "qsa_review" })).toEqual(["worksheet.submitted both"]);
  });

  it("tells of exports that somebody waits for, and of none that is handed over at once", () => {
    expect(audiences("export.made", { what: "evidence" })).toEqual([]);
    expect(audiences("export.failed", { exportId: "x1", code: "internal" })).toEqual(["export.failed asker"]);
  });

  it("names an export by the kind that was asked for, however it ended", () => {
    const what = (action: string, detail: object) =>
      announcementsOf(event(action, { exportId: "x1", ...detail })).map(({ data }) => data.what);
    expect(what("pack.sealed", { checkpointSize: 3 })).toEqual(["pack"]);
    expect(what("export.made", { what: "workbook", format: "pdf" })).toEqual(["workbook"]);
    expect(what("export.made", { what: "workbook", format: "docx" })).toEqual(["document"]);
    for (const kind of EXPORT_KINDS) expect(what("export.failed", { what: kind, code: "internal" })).toEqual([kind]);
  });

  it("tells of discussions in one shape, and of one that was resolved already nothing", () => {
    const about = { threadId: "t1", section: "criteria", criterion: "beyond" };
    for (const action of ["thread.opened", "comment.added", "thread.resolved", "thread.reopened"]) {
      const [told] = announcementsOf(event(action, { ...about, visibility: "shared" }));
      expect(told, action).toMatchObject({ data: about, path: "/api/v1/worksheets/w1/threads" });
    }
    expect(announcementsOf(event("thread.resolved", { ...about, changed: false }))).toEqual([]);
    const asked = { criterion: "beyond", outcome: "question", revision: 2, threadId: "t1", commentId: "c1" };
    expect(announcementsOf(event("criterion.decided", asked))).toMatchObject([{ data: asked }]);
  });

  it("names what changed and where to read it", () => {
    const [told] = announcementsOf(
      event("worksheet.signed", { from: "qsa_review", to: "signed", revision: 3, digest: "d" }),
    );
    const stored = { id: "m1", at: new Date("2026-11-27T00:00:00Z"), eventId: "ab", ...told, type: told?.type ?? "" };
    const body = messageBody({ ...stored, path: told?.path ?? "", data: told?.data }, "https://ccw.example");
    expect(JSON.parse(body)).toEqual({
      type: "worksheet.signed",
      timestamp: "2026-11-27T00:00:00.000Z",
      data: {
        eventId: "ab",
        engagementId: "e1",
        worksheetId: "w1",
        actorId: "kim",
        actorOrganisationId: "quayside",
        from: "qsa_review",
        to: "signed",
        revision: 3,
        digest: "d",
        url: "https://ccw.example/api/v1/worksheets/w1",
      },
    });
  });
});
