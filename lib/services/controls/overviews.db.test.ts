import { afterAll, beforeAll, expect, it } from "vitest";
import type { SignedInContext } from "@/lib/auth/context";
import type { Database } from "@/lib/db/database";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { readMatrix, readRisks } from "@/lib/services/controls/overviews";
import { shareControl } from "@/lib/services/controls/share-control";
import { readReadiness } from "@/lib/services/readiness/read-readiness";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const scoreOf = async (id: string, by: Person = "lead") => {
  const { worksheets } = await readReadiness(await world.as(by), engagementId, { worksheetId: id });
  const [one] = worksheets;
  if (!one) throw new Error("The worksheet is not judged.");
  return { score: one.score, open: one.parts.filter(({ gaps }) => gaps.length > 0).map(({ id: part }) => part) };
};

it("lays out the controls and risks of what each side may read, a shared control once", async () => {
  const draft = await openSheet(world, engagementId, "8.3.6");
  await write(world, draft, { definition: SAMPLE_SECTIONS.definition, identifiedRisk: SAMPLE_SECTIONS.identifiedRisk });
  const submitted = await submitSheet(world, engagementId, "8.3.4");
  await shareControl(await world.as("lead"), draft, "c1");

  const matrix = await readMatrix(await world.as("contributor"), engagementId);
  const [column] = matrix.columns;
  expect(matrix.columns).toMatchObject([{ title: "Lock by event", uses: 1 }]);
  expect(matrix.rows.map(({ worksheetId }) => worksheetId)).toEqual([submitted, draft]);
  expect(matrix.rows[1]?.shared[column?.recordId ?? ""]).toMatchObject({ label: "C1", nature: "preventive" });
  expect(matrix.rows[1]?.own.map(({ label, requirementRef }) => [label, requirementRef])).toEqual([
    ["C2", "1.4.2, 7.2.1"],
    ["C4", ""],
  ]);

  const ofQsa = await readMatrix(await world.as("qsa"), engagementId);
  expect(ofQsa.columns).toEqual([]);
  expect(ofQsa.rows.map(({ worksheetId, own }) => [worksheetId, own.length])).toEqual([[submitted, 3]]);

  const risks = async (by: Person) => readRisks(await world.as(by), engagementId);
  const inEach = SAMPLE_SECTIONS.identifiedRisk.items.risks.length;
  expect(await risks("reviewer")).toHaveLength(2 * inEach);
  const seen = await risks("qsa");
  expect(new Set(seen.map(({ worksheetId }) => worksheetId))).toEqual(new Set([submitted]));
  const [first] = SAMPLE_SECTIONS.identifiedRisk.items.risks;
  const { threat, likelihood, impact, residual } = first ?? {};
  expect(seen[0]).toMatchObject({ threat, likelihood, impact, residual });
  expect(seen[0]?.controls.length).toBe(first?.controlIds.length);
  for (const read of [readMatrix, readRisks]) {
    await expect(read(await world.as("observer"), engagementId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(read(await world.as("stranger"), engagementId)).rejects.toMatchObject({ code: "not_found" });
  }
});

it("says how ready a worksheet is at each step of its way, and 100 for a signature that holds", async () => {
  const id = await openSheet(world, engagementId, "8.3.9");
  const begun = await scoreOf(id);
  expect(begun.open).toEqual(["sections", "answers", "evidence", "errors", "warnings", "decided", "signature"]);
  await write(world, id);
  const written = await scoreOf(id);
  expect(written.score).toBeGreaterThan(begun.score);
  const talk = { section: null, itemId: null, visibility: "shared", body: "Is this all?" } as const;
  const { id: threadId } = await openThread(await world.as("contributor"), id, talk);
  expect(threadId).toBeTruthy();
  const asked = await scoreOf(id);
  expect(asked.open).toContain("threads");
  expect(asked.score).toBeLessThan(written.score);

  const ready = await submitSheet(world, engagementId, "10.3.4");
  expect((await scoreOf(ready)).open).toEqual(["decided", "signature"]);
  await sign(world, ready);
  const signed = await readReadiness(await world.as("lead"), engagementId, { worksheetId: ready });
  expect(signed).toMatchObject({ score: 100, worksheets: [{ score: 100, state: "signed" }] });
  expect(signed.worksheets[0]?.parts.every(({ points, weight }) => points === weight)).toBe(true);
  for (const person of ["qsa", "observer"] as const) {
    await expect(readReadiness(await world.as(person), engagementId)).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("asks as many queries for many worksheets as for few", async () => {
  const context = await world.as("lead");
  const few = await counted(context, (counting) => readReadiness(counting, engagementId));
  for (const number of ["2.2.5", "5.3.1"]) await write(world, await openSheet(world, engagementId, number));
  const many = await counted(context, (counting) => readReadiness(counting, engagementId));
  expect(many.result.worksheets.length).toBe(few.result.worksheets.length + 2);
  expect(many.queries).toBe(few.queries);
  expect(many.queries).toBeLessThan(25);
});

it("leaves out what was withdrawn", async () => {
  const id = await openSheet(world, engagementId, "6.3.3");
  await write(world, id, { definition: SAMPLE_SECTIONS.definition } satisfies Partial<WorksheetSections>);
  const before = await readReadiness(await world.as("lead"), engagementId);
  await makeMove(await world.as("lead"), id, { move: "withdraw", reason: "The requirement is met by now." });
  const { rows } = await readMatrix(await world.as("lead"), engagementId);
  expect(rows.some(({ worksheetId }) => worksheetId === id)).toBe(false);
  const after = await readReadiness(await world.as("lead"), engagementId);
  expect(after.score).toBeGreaterThanOrEqual(before.score ?? 0);
});

/** Counts what a use case asks the database, whoever answers it. */
async function counted<T>(context: SignedInContext, work: (context: SignedInContext) => Promise<T>) {
  let queries = 0;
  const prisma = world.database.prisma.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        queries += 1;
        return query(args);
      },
    },
  }) as unknown as Database["prisma"];
  const database: Database = { ...world.database, prisma };
  const result = await work({ ...context, database });
  return { queries, result };
}
