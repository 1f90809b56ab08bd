import { describe, expect, test } from "vitest";
import {
  findTexts,
  forgetText,
  keepText,
  type TextStore,
  type UnsentText,
} from "@/components/worksheet/saving/unsent-text";
import { emptySection } from "@/lib/domain/worksheet/empty";

function memoryStore(): TextStore {
  const map = new Map<string, string>();
  return {
    keys: () => [...map.keys()],
    read: (key) => map.get(key) ?? null,
    write: (key, value) => {
      map.set(key, value);
      return true;
    },
    remove: (key) => map.delete(key),
  };
}
const place = { userId: "u1", worksheetId: "w1", visitId: "v1" };
const later = { ...place, visitId: "v2" };
const text = (at: string): UnsentText => {
  const content = emptySection("definition");
  return { content, base: { version: 1, content, savedAt: "", savedBy: null }, attempt: null, at };
};

describe("unsent text on the device", () => {
  test("is found by the next visit, oldest first", () => {
    const store = memoryStore();
    keepText(store, place, "objective", text("2026-11-24T10:41:00Z"));
    keepText(store, place, "definition", text("2026-11-24T10:40:00Z"));
    expect(findTexts(store, later, new Set()).map(({ section }) => section)).toEqual(["definition", "objective"]);
  });

  test("is nobody else's, of no other worksheet, and not of a tab that is still open", () => {
    const store = memoryStore();
    keepText(store, place, "objective", text("2026-11-24T10:41:00Z"));
    expect(findTexts(store, { ...later, userId: "u2" }, new Set())).toEqual([]);
    expect(findTexts(store, { ...later, worksheetId: "w2" }, new Set())).toEqual([]);
    expect(findTexts(store, later, new Set(["v1"]))).toEqual([]);
    expect(findTexts(store, place, new Set())).toEqual([]);
  });

  test("is gone once it is saved, and what cannot be read is left alone", () => {
    const store = memoryStore();
    keepText(store, place, "objective", text("2026-11-24T10:41:00Z"));
    forgetText(store, place, "objective");
    store.write("countervail.unsent.v1.u1.w1.definition.v0", "{broken");
    expect(findTexts(store, later, new Set())).toEqual([]);
  });
});
