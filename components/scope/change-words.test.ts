import { describe, expect, it } from "vitest";
import { changeWords } from "@/components/scope/change-words";

describe("changeWords", () => {
  it("says what changed and why", () => {
    expect(
      changeWords([
        { row: "2.3", reading: "today", kind: "newly triggered", added: ["The CLI is used."], removed: [] },
        { row: "8.5", reading: "article", kind: "no longer triggered", added: [], removed: ["Shared IDs."] },
      ]),
    ).toEqual(["Row 2.3 is newly triggered today: The CLI is used.", "Row 8.5 is no longer triggered by the article."]);
  });
});
