import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readScope } from "@/lib/auth/scope";
import type { SheetFormat } from "@/lib/contracts/sheet-formats";
import type { SheetKind } from "@/lib/contracts/sheets";
import { readCsv } from "@/lib/render/sheet/csv";
import { readXlsx } from "@/lib/render/sheet/read-xlsx";
import type { Sheet } from "@/lib/render/sheet/sheet";
import { writeXlsx } from "@/lib/render/sheet/write-xlsx";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { printedInBatches, readPrinted } from "@/lib/services/export/printed-worksheets";
import { openRecord } from "@/lib/services/records/open-record";
import { makeMove } from "@/lib/services/review/make-move";
import { applySheet } from "@/lib/services/sheets/apply-sheet";
import { exportSheet } from "@/lib/services/sheets/export-sheet";
import { previewSheet } from "@/lib/services/sheets/preview-sheet";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, makeEngagement, openSheet, sign, submitSheet } from "@/test/engagement";
import { nameOf, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let rowId = "";
let bundles: BundleFolder;
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
  await sign(world, await submitSheet(world, engagementId, "8.3.4"));
  await openSheet(world, engagementId, "8.3.6");
  rowId = await addRow(world, engagementId, "10.2.1");
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await bundles?.remove();
  await world.close();
});

const rowsOf = async (by: Person = "lead") => (await readWorkbook(await world.as(by), engagementId)).items;
const rowNow = async () => {
  const row = (await rowsOf()).find(({ id }) => id === rowId);
  if (!row) throw new Error("The row is gone.");
  return row;
};

/** An export as its cells. */
async function take(by: Person, kind: SheetKind, format: SheetFormat = "csv") {
  const file = await exportSheet(await world.steppedUp(by), engagementId, kind, format);
  const bytes = "lines" in file ? Buffer.from(await text(file.lines)) : file.bytes;
  const { rows } = format === "csv" ? readCsv(bytes) : await readXlsx(bytes);
  return { name: file.name, cells: rows.map(({ cells }) => cells) };
}

/** The workbook's table with some cells changed, as somebody would bring it back. */
async function edited(
  change: (cells: (string | number)[], column: (title: string) => number) => void,
  by: Person = "lead",
) {
  const [head = [], ...rows] = (await take(by, "workbook")).cells;
  const column = (title: string) => head.indexOf(title);
  const changed = rows.map((row) => {
    const cells = [...row];
    change(cells, column);
    return cells;
  });
  const columns = head.map((title) => ({ title: String(title), kind: "text", width: 10 }) as const);
  return writeXlsx({ name: "Edited", columns, rows: changed } satisfies Sheet, {
    title: "",
    subject: "",
    at: world.now.toISOString(),
  });
}
const preview = async (by: Person, bytes: Buffer) => previewSheet(await world.as(by), engagementId, bytes);
const changesOf = (found: Awaited<ReturnType<typeof preview>>) => found.changes.map(({ change }) => change);

describe("tables of an engagement", () => {
  it.each(["csv", "xlsx"] as const)("hold the workbook's rows as %s", async (format) => {
    const { name, cells } = await take("lead", "workbook", format);
    expect(name).toBe(`workbook-Quayside-Payments-4.0.1.${format}`);
    const [head = [], ...rows] = cells;
    expect(head.slice(0, 4)).toEqual(["Requirement", "Title", "Disposition", "Note"]);
    expect(rows.map(([number]) => number)).toEqual((await rowsOf()).map(({ requirementNumber }) => requirementNumber));
    expect(rows.find(([number]) => number === "8.3.4")?.[head.indexOf("Signature")]).toBe("Valid");
  });

  it("say of each document what it is", async () => {
    const lead = await world.as("lead");
    const own = await makeEngagement(world);
    const row = await addRow(world, own, "8.3.5");
    await decideDisposition(lead, row, { version: 1, disposition: "customized_approach" });
    const { id } = await openRecord(lead, row, { kind: "customized_approach" });
    await addEvidence(lead, id, {
      ...{ section: "matrixTesting", itemId: null, title: "Protocol", url: "https://example.com/t", shows: "" },
      ...{ collectedOn: "2026-01-01", validUntil: null },
    });
    const dropped = await openSheet(world, own, "8.3.7");
    await makeMove(lead, dropped, { move: "withdraw", reason: "It is met by now." });
    const kept = (await readWorkbook(lead, own)).items.find((one) => one.requirementNumber === "8.3.7");
    const met = { version: kept?.version ?? 0, disposition: "met", note: "It is met." } as const;
    await decideDisposition(lead, kept?.id ?? "", met);
    const said = async (kind: SheetKind) => {
      const file = await exportSheet(await world.steppedUp("lead"), own, kind, "csv");
      if (!("bytes" in file)) throw new Error("The table is no file.");
      const [head = [], ...rows] = readCsv(file.bytes).rows.map(({ cells }) => cells);
      return rows.map((cells) => ["Requirement", "Document", "State"].map((title) => cells[head.indexOf(title)]));
    };
    const record = ["8.3.5", "Customized approach", "Draft"];
    expect(await said("workbook")).toEqual([record, ["8.3.7", "Worksheet", "Withdrawn"]]);
    expect(await said("evidence")).toEqual([record]);
  });

  it("hold what each person may see: drafts are the entity's alone", async () => {
    const numbers = async (by: Person, kind: SheetKind) =>
      [...new Set((await take(by, kind)).cells.slice(1).map(([number]) => number))].sort();
    expect(await numbers("lead", "findings")).toEqual(["8.3.4", "8.3.6"]);
    expect(await numbers("qsa", "findings")).toEqual(["8.3.4"]);
    expect(await numbers("observer", "evidence")).toEqual(["8.3.4"]);
    const { cells } = await take("qsa", "requirements", "xlsx");
    expect(cells.length).toBeGreaterThan(200);
    expect(cells.find(([number]) => number === "10.2.1")?.at(-1)).toBe("Undecided");
  });

  it.each(["csv", "xlsx"] as const)(
    "hold the events in words as %s, for whoever showed that it is them",
    async (format) => {
      const { cells } = await take("qsa", "events", format);
      const said = cells.map((row) => row[4]);
      expect(said).toContain(`${nameOf("qsa")} signed revision 1 for 8.3.4.`);
      expect(cells.map(([seq]) => Number(seq)).slice(1)).toEqual(
        [...cells.map(([seq]) => Number(seq)).slice(1)].sort((a, b) => a - b),
      );
      expect(JSON.stringify(cells)).not.toMatch(/"(address|state)\\*":/);
      world.pass({ hours: 1 });
      await expect(exportSheet(await world.as("qsa"), engagementId, "events", format)).rejects.toMatchObject({
        code: "step_up_required",
      });
      await expect(exportSheet(await world.as("contributor"), engagementId, "events", format)).rejects.toMatchObject({
        code: "forbidden",
      });
    },
  );

  it("are put together of the same worksheets in the same order, however few are loaded at a time", async () => {
    const [whole, byOne] = await readScope(
      await world.as("lead"),
      "workbook.export",
      { engagementId },
      async (tx, grant) => {
        const batches: unknown[][] = [];
        for await (const some of printedInBatches(tx, grant, ({ kind }) => kind === "ccw", 1)) batches.push(some);
        return [await readPrinted(tx, grant), batches] as const;
      },
    );
    expect(whole).toHaveLength(2);
    expect(byOne).toEqual(whole.map((one) => [one]));
  });

  it("leave one event each, and a stranger nothing", async () => {
    await world.as("observer");
    for (const kind of ["workbook", "requirements", "evidence", "findings"] as const) {
      const left = await world.eventsOf(async () =>
        exportSheet(await world.as("observer"), engagementId, kind, "xlsx"),
      );
      expect(left).toMatchObject([{ action: "export.made", changes: [], detail: { what: kind, format: "xlsx" } }]);
      await expect(exportSheet(await world.as("stranger"), engagementId, kind, "csv")).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});

describe("events that are more than a workbook holds", () => {
  it("are refused without an event that would say they were exported, and come as CSV", async () => {
    const take = async (format: SheetFormat, most: number) =>
      exportSheet(await world.steppedUp("lead"), engagementId, "events", format, most);
    await world.steppedUp("lead");
    const refused = await world.eventsOf(() =>
      expect(take("xlsx", 5)).rejects.toMatchObject({ code: "too_large", message: expect.stringContaining("CSV") }),
    );
    expect(refused.filter(({ action }) => action === "export.made")).toEqual([]);
    const made = await world.eventsOf(() => take("csv", 5));
    expect(made.filter(({ action }) => action === "export.made")).toMatchObject([{ detail: { what: "trail" } }]);
    const all = (await take("xlsx", 500)) as { readonly bytes: Buffer };
    const count = (await readXlsx(all.bytes)).rows.length - 1;
    await expect(take("xlsx", count)).rejects.toMatchObject({ code: "too_large" });
    expect(await take("xlsx", count + 1)).toMatchObject({ name: expect.stringMatching(/^events-.*\.xlsx$/) });
  });
});

describe("a table that is brought back", () => {
  it("unchanged changes nothing", async () => {
    const found = await preview("lead", await edited(() => undefined));
    expect(found).toEqual({ changes: [], errors: [], unchanged: (await rowsOf()).length });
  });

  it("is shown first and then made, with the events of single changes", async () => {
    const before = await rowNow();
    const bytes = await edited((cells, column) => {
      if (cells[column("Row")] !== rowId) return;
      cells[column("Disposition")] = "fix planned";
      cells[column("Fix carried by")] = "=Operations";
      cells[column("Fix due on")] = "2026-12-24";
      cells[column("Owner")] = nameOf("contributor").toUpperCase();
    });
    const left = await world.eventsOf(() => preview("lead", bytes));
    expect(left).toEqual([]);
    expect(await rowNow()).toEqual(before);

    const found = await preview("lead", bytes);
    expect(found.errors).toEqual([]);
    expect(found.changes).toMatchObject([{ requirementNumber: "10.2.1" }]);
    expect(found.changes[0]?.cells).toContainEqual({
      column: "Disposition",
      before: "Undecided",
      after: "fix planned",
    });
    const made = await world.eventsOf(async () =>
      applySheet(await world.as("lead"), engagementId, { changes: changesOf(found) }),
    );
    expect(made).toMatchObject([
      {
        action: "disposition.decided",
        detail: { requirementNumber: "10.2.1", disposition: "fix_planned", before: { disposition: "undecided" } },
        changes: [{ table: "disposition", id: rowId }],
      },
    ]);
    expect(await rowNow()).toMatchObject({
      disposition: "fix_planned",
      fixOwner: "=Operations",
      fixDueOn: "2026-12-24",
      owner: { name: nameOf("contributor") },
      version: before.version + 1,
    });
  });

  it("says of each line what does not hold, and makes nothing of it", async () => {
    const bytes = await edited((cells, column) => {
      if (cells[0] === "10.2.1") {
        cells[column("Due on")] = "24.12.2026";
        cells[column("Owner")] = "Nobody At All";
        cells[column("Evidence address")] = "javascript:alert(1)";
      }
      if (cells[0] === "8.3.4") cells[column("Disposition")] = "Met";
      if (cells[0] === "8.3.6") cells[column("Disposition")] = "Maybe";
    });
    const { changes, errors } = await preview("lead", bytes);
    expect(changes).toEqual([]);
    expect(errors.map(({ column, message }) => [column, message.slice(0, 30)])).toEqual([
      ["Disposition", "This requirement has a workshe"],
      ["Disposition", "Choose one of: Undecided, Met,"],
      ["Evidence address", "Use a full address that starts"],
      ["Due on", "Not a date. Use YYYY-MM-DD."],
      ["Owner", "Nobody of the entity has this "],
    ]);
  });

  it("changes no row when one was changed since, and says which", async () => {
    const note = (text: string) =>
      edited((cells, column) => {
        if (cells[0] === "10.2.1" || cells[0] === "8.3.6") cells[column("Note")] = text;
      });
    const older = await note("From an older table.");
    const found = await preview("lead", await note("From the table."));
    expect(found.changes).toHaveLength(2);
    await decideDisposition(await world.as("lead"), rowId, { version: (await rowNow()).version, note: "By hand." });
    const before = await rowsOf();
    const apply = async () => applySheet(await world.as("lead"), engagementId, { changes: changesOf(found) });
    const left = await world.eventsOf(() =>
      expect(apply()).rejects.toMatchObject({
        code: "stale",
        message: expect.stringContaining("10.2.1"),
        extras: { current: { items: before } },
      }),
    );
    expect(left).toEqual([]);
    expect(await rowsOf()).toEqual(before);
    const { changes, errors } = await preview("lead", older);
    expect(changes.map(({ requirementNumber }) => requirementNumber)).toEqual(["8.3.6"]);
    expect(errors).toMatchObject([{ column: "Version", message: expect.stringContaining("10.2.1 was changed since") }]);
  });

  it("is a contributor's for their own rows alone, and nobody else's", async () => {
    const all = await edited((cells, column) => {
      if (cells[0] === "10.2.1" || cells[0] === "8.3.6") cells[column("Note")] = "By the contributor.";
    });
    const own = await preview("contributor", all);
    expect(own.changes.map(({ requirementNumber }) => requirementNumber)).toEqual(["10.2.1"]);
    expect(own.errors).toMatchObject([{ message: "You may not change this row." }]);
    const lead = changesOf(await preview("lead", all));
    const apply = async (by: Person, changes = lead) => applySheet(await world.as(by), engagementId, { changes });
    for (const person of ["contributor", "qsa", "observer"] as const) {
      await expect(apply(person), person).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(apply("stranger")).rejects.toMatchObject({ code: "not_found" });
    await expect(preview("stranger", all)).rejects.toMatchObject({ code: "not_found" });
    await apply("contributor", changesOf(own));
    expect(await rowNow()).toMatchObject({ note: "By the contributor." });
  });

  it("is shown to nobody who may change no row: rights come first, and each refusal leaves its event", async () => {
    const bytes = await edited((cells, column) => {
      cells[column("Note")] = "By somebody else.";
    });
    for (const person of ["qsa", "observer", "reviewer"] as const) {
      // Signing in leaves an event of its own.
      await world.as(person);
      for (const file of [bytes, Buffer.from("no table")]) {
        const left = await world.eventsOf(() =>
          expect(preview(person, file), person).rejects.toMatchObject({ code: "forbidden" }),
        );
        expect(left).toMatchObject([{ action: "access.denied", detail: { attempted: "workbook.import" } }]);
      }
    }
    const changes = changesOf(await preview("lead", bytes));
    const own = changes.filter(({ id }) => id === rowId);
    const theirs = changes.find(({ id }) => id !== rowId);
    await world.as("contributor");
    const left = await world.eventsOf(async () =>
      expect(
        applySheet(await world.as("contributor"), engagementId, { changes: [...own, ...(theirs ? [theirs] : [])] }),
      ).rejects.toMatchObject({ code: "forbidden" }),
    );
    const detail = { attempted: "disposition.decide", reference: { dispositionId: theirs?.id } };
    expect(left).toMatchObject([{ action: "access.denied", by: "contributor", detail }]);
  });

  it("reaches no row of another engagement", async () => {
    const other = await makeEngagement(world);
    const changes = [{ id: rowId, version: (await rowNow()).version, note: "Elsewhere." }];
    await expect(applySheet(await world.as("lead"), other, { changes })).rejects.toMatchObject({ code: "not_found" });
    const foreign = await addRow(world, other, "8.3.4");
    const mixed = [...changes, { id: foreign, version: 1, note: "Elsewhere." }];
    await expect(applySheet(await world.as("lead"), engagementId, { changes: mixed })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("that is no table is refused in words", async () => {
    for (const bytes of [Buffer.from([0xff, 0xfe, 0x41]), Buffer.from("PK\u0003\u0004")]) {
      await expect(preview("lead", bytes)).rejects.toMatchObject({ code: "invalid" });
    }
    const { errors } = await preview("lead", Buffer.from("a,b\n1,2\n"));
    expect(errors).toMatchObject([{ line: 1, message: expect.stringContaining("“Row” and “Version”") }]);
  });
});
