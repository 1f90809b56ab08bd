import { expect, it } from "vitest";
import { workbookRow } from "@/components/workbook/row.fixture";
import { fieldsOf, ownersFor } from "@/components/workbook/row-fields";

it("names the owner of a row among those to choose from, also when they act no longer", () => {
  const [acting, left] = [
    { id: "1", name: "Ana" },
    { id: "2", name: "Ben" },
  ];
  const row = workbookRow({ owner: left });
  const offered = ownersFor(row, [acting]);
  expect(offered).toEqual([acting, left]);
  expect(offered.map(({ id }) => id)).toContain(fieldsOf(row).ownerId);
  // Whoever acts is named once, and a row without an owner offers nobody else.
  expect(ownersFor(workbookRow({ owner: acting }), [acting])).toEqual([acting]);
  expect(ownersFor(workbookRow(), [acting])).toEqual([acting]);
});
