import { expect, it } from "vitest";
import { archivedWords } from "./archived-words";

it("says what is archived and what was given up, and nothing where everything is at hand", () => {
  expect(archivedWords({ events: 0, expired: 0, since: null })).toBeNull();
  expect(archivedWords({ events: 12_000, expired: 0, since: null })).toMatch(/^The 12,000 before that are archived/);
  expect(archivedWords({ events: 12_000, expired: 4_000, since: null })).toMatch(/first 4,000 were given up/);
});
