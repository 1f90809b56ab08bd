import { describe, expect, it } from "vitest";
import { noticeWords, revisionWords, statusWords } from "@/lib/render/pdf/words";
import { worksheetModel } from "@/test/fixtures/worksheet-model";

const signed = worksheetModel("4.0.1", true);
const draft = worksheetModel("4.0.1");
const decided = { ...signed, signOffs: signed.signOffs.map((one) => ({ ...one, at: "2026-10-05T09:50:00.000Z" })) };

describe("where a printed text stands", () => {
  it("says when the very revision was decided on", () => {
    expect(statusWords(decided)).toBe("Signed on 5 October 2026");
    expect(revisionWords(decided)).toBe("2");
    expect(noticeWords(decided)).toBe("");
  });

  it("never lends an earlier revision the state of a later one", () => {
    const earlier = {
      ...decided,
      revision: 1,
      state: "changes_requested" as const,
      successor: { revision: 2, submitted: true },
    };
    expect(statusWords(earlier)).toBe("Changes requested");
    expect(revisionWords(earlier)).toBe("1; revision 2 has taken its place");
    expect(noticeWords(earlier)).toBe("Superseded by revision 2");
  });

  it("says of a signed revision that the next one is being written", () => {
    const reopened = { ...decided, successor: { revision: 3, submitted: false } };
    expect(statusWords(reopened)).toBe("Signed on 5 October 2026");
    expect(revisionWords(reopened)).toBe("2; revision 3 is being written");
    expect(noticeWords(reopened)).toBe("Superseded by revision 3");
  });

  it("calls a text that is being written a draft, whatever led to it", () => {
    expect(statusWords(draft)).toBe("Draft");
    expect(revisionWords(draft)).toBe("2, not submitted");
    expect(statusWords({ ...draft, state: "changes_requested" })).toBe("Draft");
    expect(statusWords({ ...draft, state: "internal_review" })).toBe("Internal review");
  });

  it("marks what was refused, taken back, or altered behind the application's back", () => {
    expect(noticeWords({ ...decided, state: "refused" })).toBe("Refused");
    expect(noticeWords({ ...decided, state: "revoked" })).toBe("Signature revoked");
    expect(noticeWords({ ...decided, altered: true })).toBe("Altered: this is not what was submitted as revision 2");
  });
});
