import { describe, expect, it } from "vitest";
import { markedCriteria, plainCriteria } from "@/components/review/display-criteria";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import { diffItems } from "@/lib/domain/worksheet/diff-items";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";

const { answers } = SAMPLE_ANSWERS.items;
const names = { before: () => null, after: () => null };
const words = (before: string, after: string) =>
  [{ kind: "removed", text: before } as const, { kind: "added", text: after } as const].filter(({ text }) => text);
const textOf = (spans: readonly { readonly text: string }[] = []) => spans.map(({ text }) => text).join("");

describe("the criteria on the page", () => {
  it("stand in the order of their version, each with its number, name and answer", () => {
    const { items } = plainCriteria(frozenAnswers(answers, "3.2.1"), "3.2.1");
    expect(items.map(({ label, title }) => `${label} ${textOf(title)}`)).toEqual([
      "1. Intent and strictness",
      "2. Similar level of defence",
      "3. Above and beyond",
      "4. The added risk",
    ]);
    expect(textOf(items[0]?.body)).toBe(answers[0]?.answer);
  });

  it("say so where a revision was submitted before they were asked", () => {
    const { items } = plainCriteria(undefined, "4.0.1");
    expect(items.map(({ body }) => textOf(body))).toEqual(Array(5).fill("Not answered."));
  });

  it("mark what changed since, and show all as added after a revision without answers", () => {
    const before = frozenAnswers(answers, "4.0.1");
    const after = before.map((one) => (one.id === "beyond" ? { ...one, answer: "C2 is new." } : one));
    const { items } = markedCriteria(diffItems(before, after, names, words), "4.0.1");
    expect(items.map(({ status }) => status)).toEqual(["same", "same", "changed", "same", "same"]);
    expect(items[2]?.body.map(({ kind }) => kind)).toEqual(["removed", "added"]);
    const fresh = markedCriteria(diffItems([], after, names, words), "4.0.1");
    expect(fresh.items.every(({ status }) => status === "added")).toBe(true);
  });
});
