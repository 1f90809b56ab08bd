import { describe, expect, it } from "vitest";
import { navState } from "@/components/worksheet/nav-state";
import { passingSections } from "@/test/fixtures/passing-worksheet";

const written = {
  sections: passingSections("2026-11-20", { objective: "Nobody opens an account by trying." }),
  criteriaAnswered: true,
  blockers: [],
};

describe("the list of a worksheet's parts", () => {
  it("gives a tick to what has content, in a worksheet that was not carried over", () => {
    expect(navState(written, "objective", "done")).toBe("filled");
    expect(navState(written, "criteria", "done")).toBe("filled");
  });

  it("gives none where something is still to be written anew, or where nobody knows yet", () => {
    for (const part of ["objective", "criteria"] as const) {
      expect(navState(written, part, "open")).toBe("anew");
      expect(navState(written, part, "unknown")).toBe("unchecked");
    }
  });

  it("says before all that what stops a submission stops it, and that criteria have no answer", () => {
    const blockers = [{ section: "objective" as const, message: "It repeats the requirement." }];
    expect(navState({ ...written, blockers }, "objective", "open")).toBe("blocked");
    expect(navState({ ...written, criteriaAnswered: false }, "criteria", "open")).toBe("open");
  });
});
