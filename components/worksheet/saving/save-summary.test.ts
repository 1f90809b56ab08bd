import { describe, expect, test } from "vitest";
import { loadedState, type SaveState } from "@/components/worksheet/saving/save-state";
import { saveStatus, summariseSaves } from "@/components/worksheet/saving/save-summary";

const clean = loadedState({ version: 1, content: "a", savedAt: "2026-11-24T10:42:00Z", savedBy: null });
const typed: SaveState<string> = { ...clean, content: "ab" };
const attempt = { key: "k", baseVersion: 1, content: "ab", tries: 1 };
const flying: SaveState<string> = { ...typed, attempt, flying: true };
const offline: SaveState<string> = { ...typed, attempt, trouble: { kind: "offline" } };

describe("how saving stands", () => {
  test.each([
    [clean, "saved"],
    [typed, "unsaved"],
    [flying, "saving"],
    [offline, "offline"],
    [{ ...offline, flying: true }, "offline"],
  ] as const)("case %#", (state, status) => {
    expect(saveStatus(state)).toBe(status);
  });

  test("a page stands as its most pressing section, and was saved with the newest one", () => {
    const older = loadedState({ version: 3, content: "", savedAt: "2026-11-23T10:42:00Z", savedBy: null });
    const never = loadedState({ version: 0, content: "", savedAt: "2026-11-25T10:42:00Z", savedBy: null });
    expect(summariseSaves([clean, flying, offline, older])).toMatchObject({ status: "offline" });
    expect(summariseSaves([older, clean, never])).toEqual({ status: "saved", savedAt: "2026-11-24T10:42:00Z" });
    expect(summariseSaves([never])).toEqual({ status: "saved", savedAt: null });
  });
});
