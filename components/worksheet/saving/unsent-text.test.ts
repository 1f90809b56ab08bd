import { describe, expect, test } from "vitest";
import { fitsEditor } from "@/components/worksheet/narrative/fits-editor";
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
    expect(findTexts(store, later, new Set(), fitsEditor).map(({ section }) => section)).toEqual([
      "definition",
      "objective",
    ]);
  });

  test("is nobody else's, of no other worksheet, and not of a tab that is still open", () => {
    const store = memoryStore();
    keepText(store, place, "objective", text("2026-11-24T10:41:00Z"));
    expect(findTexts(store, { ...later, userId: "u2" }, new Set(), fitsEditor)).toEqual([]);
    expect(findTexts(store, { ...later, worksheetId: "w2" }, new Set(), fitsEditor)).toEqual([]);
    expect(findTexts(store, later, new Set(["v1"]), fitsEditor)).toEqual([]);
    expect(findTexts(store, place, new Set(), fitsEditor)).toEqual([]);
  });

  test("is gone once it is saved, and what cannot be read is left alone", () => {
    const store = memoryStore();
    keepText(store, place, "objective", text("2026-11-24T10:41:00Z"));
    forgetText(store, place, "objective");
    store.write("countervail.unsent.v1.u1.w1.definition.v0", "{broken");
    expect(findTexts(store, later, new Set(), fitsEditor)).toEqual([]);
  });

  test("that the editor cannot read is offered as its words, and one too long for the server as it is", () => {
    const store = memoryStore();
    const paragraph = (words: string) => ({ type: "paragraph", content: [{ type: "text", text: words }] });
    const keep = (visit: string, narrative: object, base: object = emptySection("definition")) =>
      store.write(
        `countervail.unsent.v1.u1.w1.definition.${visit}`,
        JSON.stringify({
          ...text(`2026-11-24T10:4${visit}:00Z`),
          content: { ...emptySection("definition"), narrative },
          base: { version: 1, content: base, savedAt: "", savedBy: null },
        }),
      );
    keep("1", { type: "doc", content: [{ type: "callout", content: [paragraph("Rotate"), paragraph("the keys")] }] });
    keep("2", {
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "underline" }] }] }],
    });
    keep("3", { type: "slate", content: [paragraph("Keep me")] });
    keep("4", { type: "doc", content: [paragraph("long ".repeat(50_000))] });
    keep("5", { type: "doc", content: [paragraph("Written on what is gone")] }, { narrative: null });
    keep("6", { type: "doc", content: [] });
    expect(findTexts(store, later, new Set(), fitsEditor).map(({ plain }) => plain)).toEqual([
      "Rotate\nthe keys",
      "x",
      "Keep me",
      null,
      "Written on what is gone",
      null,
    ]);
  });
});
