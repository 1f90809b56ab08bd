import { describe, expect, it } from "vitest";
import { Failure, fieldProblem } from "@/lib/contracts/failure";
import type { WorksheetImportDto } from "@/lib/contracts/oscal-import";
import { boundedPreview, MOST_BEFORE, MOST_FIELDS } from "@/lib/services/oscal/bounded-preview";
import { refusalOf } from "@/lib/services/oscal/judged";

describe("why a part of a plan is refused", () => {
  it("is said in all the words of the refusal, each once", async () => {
    const blockers = ["It stops here.", "And there."].map((message) => ({ section: null, message }));
    const blocked = new Failure("blocked", "It stops here.", { blockers });
    expect(await refusalOf(() => Promise.reject(blocked))).toBe("It stops here. And there.");
    const field = fieldProblem("fixDueOn", "Give the day.");
    expect(await refusalOf(() => Promise.reject(field))).toBe("Give the day.");
    expect(await refusalOf(async () => undefined)).toBeNull();
    await expect(refusalOf(() => Promise.reject(new TypeError("a defect")))).rejects.toThrow("a defect");
  });
});

describe("a preview within bounds", () => {
  const field = { group: "gate", of: "", field: "f", before: "a", after: "b", cut: 0 } as const;
  const worksheet = (fields: number, words: readonly string[]): WorksheetImportDto => ({
    ...{ requirementNumber: "8.3.4", requirementTitle: "", notes: [], saves: 1, leftOut: 0 },
    fields: Array.from({ length: fields }, () => field),
    before: words.map((text) => ({
      narrative: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] },
      items: { objectiveRef: "" },
    })),
    change: {} as WorksheetImportDto["change"],
  });

  it("leaves out the fields and texts that go beyond, of whichever worksheet, and counts them there", () => {
    const large = "x".repeat(MOST_BEFORE - 1_000);
    const [first, second] = boundedPreview([
      worksheet(MOST_FIELDS - 1, [large]),
      worksheet(5, ["y".repeat(2_000), "z"]),
    ]);
    expect([first?.fields.length, first?.leftOut]).toEqual([MOST_FIELDS - 1, 0]);
    expect([second?.fields.length, second?.leftOut]).toEqual([1, 5]);
    expect(second?.before.map((content) => content === null)).toEqual([true, false]);
  });
});
