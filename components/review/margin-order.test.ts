import { describe, expect, it } from "vitest";
import { inPageOrder, spacesAbove } from "@/components/review/margin-order";
import type { ThreadDto } from "@/lib/contracts/review";

const thread = (id: string, itemId: string | null): ThreadDto => ({
  id,
  revision: 1,
  section: "definition",
  itemId,
  visibility: "shared",
  openedBy: { id: "p", name: "Ada" },
  openedAt: "2026-11-24T10:00:00Z",
  resolvedBy: null,
  resolvedAt: null,
  comments: [],
  mayResolve: false,
  mayComment: false,
});

describe("inPageOrder", () => {
  it("puts the section first, then items as they stand, then items that are gone", () => {
    const threads = [thread("gone", "x"), thread("second", "c2"), thread("first", "c1"), thread("section", null)];
    expect(inPageOrder(threads, ["c1", "c2"]).map(({ id }) => id)).toEqual(["section", "first", "second", "gone"]);
  });
  it("leaves threads on one item in the order in which they were opened", () => {
    const threads = [thread("older", "c1"), thread("newer", "c1")];
    expect(inPageOrder(threads, ["c1"]).map(({ id }) => id)).toEqual(["older", "newer"]);
  });
});

describe("spacesAbove", () => {
  it("puts a card beside what it is about", () => {
    expect(
      spacesAbove(
        [
          { wanted: 0, height: 50 },
          { wanted: 200, height: 50 },
        ],
        10,
      ),
    ).toEqual([0, 150]);
  });
  it("pushes a card down where the one before it stands in the way", () => {
    expect(
      spacesAbove(
        [
          { wanted: 100, height: 80 },
          { wanted: 120, height: 40 },
        ],
        10,
      ),
    ).toEqual([100, 10]);
  });
});
