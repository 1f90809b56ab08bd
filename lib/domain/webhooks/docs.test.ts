import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fieldsOf } from "./announcements";
import { TEST_TYPE, WEBHOOK_TYPE_NAMES } from "./event-types";

/** The table of docs/webhooks.md: each type with the fields that it names. */
function documented(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync("docs/webhooks.md", "utf8");
  const rows = [...text.matchAll(/^\| (`[^|]+) \|[^|]+\|([^|]*)\|$/gm)];
  return new Map(
    rows.map(([, types = "", fields = ""]) => {
      const names = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
      return [names(types).join(), names(fields)];
    }),
  );
}

it("has every type in its documentation, once, and no other", () => {
  expect([...documented().keys()]).toEqual(expect.arrayContaining([...WEBHOOK_TYPE_NAMES, TEST_TYPE]));
  expect(documented().size).toBe(WEBHOOK_TYPE_NAMES.length + 1);
});

it.each(WEBHOOK_TYPE_NAMES)("has the fields of %s in its documentation", (type) => {
  expect([...(documented().get(type) ?? [])].sort()).toEqual([...fieldsOf(type)].sort());
});
