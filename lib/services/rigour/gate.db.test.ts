import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as open } from "@/app/api/v1/dispositions/[dispositionId]/worksheet/route";
import { PUT as answer } from "@/app/api/v1/worksheets/[worksheetId]/eligibility/route";
import { POST as move } from "@/app/api/v1/worksheets/[worksheetId]/moves/route";
import type { Problem } from "@/lib/contracts/problem";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { makeMove } from "@/lib/services/review/make-move";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { answerCriteria } from "@/test/criteria";
import { addRow, makeEngagement, openSheet, write } from "@/test/engagement";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { whileHeld } from "@/test/held";
import { type Browser, browserOf, type Handler, serve } from "@/test/requests";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
let lead: Browser;
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
  lead = await browserOf(world, "lead");
});
afterAll(() => world.close());

const openRow = (dispositionId: string, body: unknown) =>
  lead(open as Handler, { method: "POST", params: { dispositionId }, body });
const submit = (worksheetId: string) =>
  lead(move as Handler, { method: "POST", params: { worksheetId }, body: { move: "submit", reason: "" } });
const answerGate = (worksheetId: string, body: unknown) =>
  lead(answer as Handler, { method: "PUT", params: { worksheetId }, body });
/** What stands in the way by a reply, as `rule question wayOut`. */
async function blocked(reply: Response): Promise<string[]> {
  const problem = (await reply.json()) as Problem;
  expect([reply.status, problem.code]).toEqual([409, "blocked"]);
  return (problem.blockers ?? []).map(({ rule, question, wayOut }) => [rule, question, wayOut].join(" ").trim());
}
const rowOf = async (id: string) =>
  (await readWorkbook(await world.as("lead"), engagementId)).items.find((row) => row.id === id);
/** Changes a column of a worksheet past the application, as an older version or a fault would have left it. */
async function behind(sql: string, ...values: unknown[]): Promise<void> {
  const { prisma } = world.behind;
  await prisma.$transaction([
    prisma.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    prisma.$executeRawUnsafe(sql, ...values),
  ]);
}

/** Every answer at which the gate stops, and what it says. */
const STOPS: readonly (readonly [string, Partial<EligibilityAnswers>, string])[] = [
  ["a missed task", { missedActivity: true }, "L09 missedActivity fix_planned"],
  ["stored sensitive authentication data", { storedSad: true }, "L08 storedSad fix_planned"],
  ["a law", { legalBar: true }, "L04 legalBar legal_exception"],
  ["a setting without a reason", { switchable: true, whyNotSwitchedOn: "" }, "L07 whyNotSwitchedOn fix_planned"],
  [
    "a setting that is too dear",
    { switchable: true, whyNotSwitchedOn: "It would be too expensive this year." },
    "L07 whyNotSwitchedOn fix_planned",
  ],
  ["a question without an answer", { legalBar: null }, "L04 legalBar"],
  [
    "no answer at all",
    { missedActivity: null, storedSad: null, legalBar: null, switchable: null },
    "L09 missedActivity",
  ],
];

describe("opening a worksheet", () => {
  it.each(STOPS)("is refused for %s, and the row stays as it is", async (_, answers, expected) => {
    const row = await addRow(world, engagementId, "8.3.10");
    const found = await blocked(await openRow(row, { eligibility: { ...LET_THROUGH, ...answers } }));
    expect(found[0]).toBe(expected);
    expect(await rowOf(row)).toMatchObject({ disposition: "undecided", worksheet: null, version: 1 });
  });

  it("asks of a plain configuration gap why the setting cannot be switched on", async () => {
    const row = await addRow(world, engagementId, "10.3.4");
    const no = { ...LET_THROUGH, whyNotSwitchedOn: "" };
    expect(await blocked(await openRow(row, { eligibility: no }))).toEqual(["L07 whyNotSwitchedOn fix_planned"]);
    const opened = await openRow(row, { eligibility: LET_THROUGH });
    expect(opened.status).toBe(201);
    expect(((await opened.json()) as WorksheetDto).rigour).toMatchObject({
      eligibilityVersion: 1,
      facts: { eligibility: LET_THROUGH },
    });
  });

  it("names each field that is malformed, and opens nothing", async () => {
    const row = await addRow(world, engagementId, "8.3.11");
    const paths = async (body: unknown) => {
      const reply = await openRow(row, body);
      expect(reply.status).toBe(422);
      return ((await reply.json()) as Problem).errors?.map(({ path }) => path);
    };
    expect(await paths({})).toEqual(["eligibility"]);
    expect(await paths({ eligibility: { ...LET_THROUGH, legalBar: "no" } })).toEqual(["eligibility.legalBar"]);
    expect(await paths({ eligibility: { ...LET_THROUGH, whyNotSwitchedOn: "x".repeat(5001) } })).toEqual([
      "eligibility.whyNotSwitchedOn",
    ]);
    expect(await rowOf(row)).toMatchObject({ disposition: "undecided", worksheet: null });
  });

  it("waits until the customized approach is given up, and keeps what the standard excludes from that apart", async () => {
    const row = await addRow(world, engagementId, "8.3.6");
    const context = await world.as("lead");
    const chosen = await decideDisposition(context, row, { version: 1, disposition: "customized_approach" });
    expect(await blocked(await openRow(row, { eligibility: LET_THROUGH }))).toEqual(["L10  undecided"]);
    await decideDisposition(context, row, { version: chosen.version, disposition: "undecided" });
    expect((await openRow(row, { eligibility: LET_THROUGH })).status).toBe(201);
    // A2.1.2 is excluded from the customized approach, and by that not from a compensating control.
    const excluded = await addRow(world, engagementId, "A2.1.2");
    const refusal = decideDisposition(context, excluded, { version: 1, disposition: "customized_approach" });
    await expect(refusal).rejects.toMatchObject({ extras: { errors: [{ path: "disposition" }] } });
    expect((await openRow(excluded, { eligibility: LET_THROUGH })).status).toBe(201);
  });

  it("is the only way to choose a compensating control", async () => {
    const row = await addRow(world, engagementId, "8.2.1");
    const context = await world.as("lead");
    const choose = (version: number) =>
      decideDisposition(context, row, { version, disposition: "compensating_control" });
    await expect(choose(1)).rejects.toMatchObject({ code: "blocked" });
    const { id } = (await (await openRow(row, { eligibility: LET_THROUGH })).json()) as WorksheetDto;
    await makeMove(context, id, { move: "withdraw", reason: "A law forbids it." });
    const version = (await rowOf(row))?.version ?? 0;
    const law = { version, disposition: "legal_exception", note: "Banking Act, section 4." } as const;
    const decided = await decideDisposition(context, row, law);
    await expect(choose(decided.version)).rejects.toMatchObject({ code: "blocked" });
    expect(await rowOf(row)).toMatchObject({ disposition: "legal_exception" });
  });

  it("is not come by from a withdrawn worksheet while the requirement is met by the customized approach", async () => {
    const id = await openSheet(world, engagementId, "8.3.7");
    const context = await world.as("lead");
    await makeMove(context, id, { move: "withdraw", reason: "Another way." });
    const { dispositionId } = await getWorksheet(context, id);
    const version = (await rowOf(dispositionId))?.version ?? 0;
    await decideDisposition(context, dispositionId, { version, disposition: "customized_approach" });
    const reopened = makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
    await expect(reopened).rejects.toMatchObject({ code: "blocked", extras: { blockers: [{ rule: "L10" }] } });
    expect(await rowOf(dispositionId)).toMatchObject({ disposition: "customized_approach" });
  });

  it("is not come by while somebody chooses the customized approach in the same moment", async () => {
    const id = await openSheet(world, engagementId, "8.3.10");
    const context = await world.as("lead");
    await makeMove(context, id, { move: "withdraw", reason: "Another way." });
    const { dispositionId } = await getWorksheet(context, id);
    const steppedUp = await world.steppedUp("lead");
    const reopened = await whileHeld(
      world,
      (db) =>
        db.$executeRaw`UPDATE disposition SET disposition = 'customized_approach' WHERE id = ${dispositionId}::uuid`,
      async ({ waiting }) => {
        const move = Promise.allSettled([makeMove(steppedUp, id, { move: "reopen", reason: "" })]);
        await waiting(1);
        return { move };
      },
    );
    expect(await reopened.move).toMatchObject([
      { reason: { code: "blocked", extras: { blockers: [{ rule: "L10" }] } } },
    ]);
    expect(await rowOf(dispositionId)).toMatchObject({ disposition: "customized_approach" });
  });
});

describe("a submission", () => {
  it.each(STOPS)("is stopped by %s", async (what, answers, expected) => {
    const number = ["5.3.1", "5.3.2", "6.3.3", "3.7.6", "2.2.5", "2.2.6", "7.2.5"][
      STOPS.findIndex(([one]) => one === what)
    ];
    const id = await openSheet(world, engagementId, number ?? "");
    await write(world, id);
    const changed = await answerGate(id, { baseVersion: 1, answers: { ...LET_THROUGH, ...answers } });
    const shown = ((await changed.json()) as WorksheetDto).blockers;
    const stopped = await blocked(await submit(id));
    expect(stopped[0]).toBe(expected);
    // The page is told the same, in the same words.
    expect(shown.map(({ rule, question, wayOut }) => [rule, question, wayOut].join(" ").trim())).toEqual(stopped);
    expect((await getWorksheet(await world.as("lead"), id)).state).toBe("draft");
  });

  it("is stopped where a worksheet was opened before the gate was asked, until it is answered", async () => {
    const id = await openSheet(world, engagementId, "8.3.4");
    await write(world, id);
    await behind("UPDATE worksheet SET eligibility = NULL, eligibility_version = 0 WHERE id = $1::uuid", id);
    expect(await blocked(await submit(id))).toEqual([
      "L09 missedActivity",
      "L08 storedSad",
      "L04 legalBar",
      "L07 switchable",
    ]);
    expect((await answerGate(id, { baseVersion: 0, answers: LET_THROUGH })).status).toBe(200);
    expect((await submit(id)).status).toBe(200);
  });

  it("is stopped by the customized approach for the same requirement", async () => {
    const id = await openSheet(world, engagementId, "8.3.8");
    await write(world, id);
    const { dispositionId } = await getWorksheet(await world.as("lead"), id);
    await behind("UPDATE disposition SET disposition = 'customized_approach' WHERE id = $1::uuid", dispositionId);
    expect(await blocked(await submit(id))).toEqual(["L10  undecided"]);
  });

  it("is stopped by a law as the constraint, an error, a warning without a reason, and a criterion without an answer", async () => {
    const id = await openSheet(world, engagementId, "8.3.9");
    await write(world, id);
    const contributor = await world.as("contributor");
    const stored = async () => (await getWorksheet(contributor, id)).sections;
    const { constraints, definition } = SAMPLE_SECTIONS;
    const legal = { ...constraints, items: { ...constraints.items, constraintType: "legal" as const } };
    const save = async (key: "constraints" | "definition", content: typeof constraints | typeof definition) =>
      saveSection(contributor, id, key, { baseVersion: (await stored())?.[key]?.version ?? 0, content });
    await save("constraints", legal);
    expect(await blocked(await submit(id))).toEqual(["L04"]);
    await save("constraints", { ...constraints, narrative: { type: "doc", content: [] } });
    expect(await blocked(await submit(id))).toEqual(["L02"]);
    await save("constraints", constraints);
    const controls = definition.items.controls.map((one) => ({ ...one, nature: "detective" as const }));
    await save("definition", { ...definition, items: { controls } });
    expect(await blocked(await submit(id))).toEqual(["L18"]);
    await save("definition", definition);
    await behind("DELETE FROM section WHERE worksheet_id = $1::uuid AND key = 'criteria'", id);
    expect((await blocked(await submit(id))).length).toBe(5);
    await answerCriteria(world, id);
    expect((await submit(id)).status).toBe(200);
  });

  it("is stopped by a rule that fails, until somebody says how else it was made sure of, which the assessor reads", async () => {
    const id = await openSheet(world, engagementId, "8.2.8");
    await write(world, id);
    await behind(
      `UPDATE section SET items = jsonb_set(items, '{controls,0,aboveAndBeyond}', 'null')
       WHERE worksheet_id = $1::uuid AND key = 'definition'`,
      id,
    );
    const stopped = await blocked(await submit(id));
    expect(stopped).toContain("L13");
    const { blockers } = await getWorksheet(await world.as("lead"), id);
    const failed = blockers.filter(({ message }) => message.includes("was not evaluated"));
    expect(failed.map(({ rule }) => rule)).toContain("L13");
    const lead = await world.as("lead");
    for (const { rule } of failed) {
      await answerWarning(lead, id, { key: `${rule}:not-evaluated`, reason: "Each control says it in the text." });
    }
    expect((await submit(id)).status).toBe(200);
    const { warningReasons } = await getWorksheet(await world.as("qsa"), id);
    expect(warningReasons).toContainEqual(
      expect.objectContaining({ rule: "L13", message: expect.stringContaining("L13 was not evaluated") }),
    );
  });
});

describe("the answers of the gate", () => {
  it("are not overwritten by somebody who answered without a look at them", async () => {
    const id = await openSheet(world, engagementId, "10.5.1");
    const first = { ...LET_THROUGH, switchable: true };
    expect((await answerGate(id, { baseVersion: 1, answers: first })).status).toBe(200);
    const second = await answerGate(id, { baseVersion: 1, answers: { ...LET_THROUGH, storedSad: null } });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ code: "stale", current: { version: 2, answers: first } });
    const both = await Promise.all(
      [false, null].map((legalBar) => answerGate(id, { baseVersion: 2, answers: { ...first, legalBar } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("are asked about card numbers, at the opening and later", async () => {
    const row = await addRow(world, engagementId, "8.6.3");
    const eligibility = { ...LET_THROUGH, whyNotSwitchedOn: "The test card 4111 1111 1111 1111 has no such setting." };
    const suspected = await openRow(row, { eligibility });
    expect(await suspected.json()).toMatchObject({
      code: "card_number_suspected",
      errors: [{ path: "eligibility.whyNotSwitchedOn" }],
    });
    const left = await world.eventsOf(() => openRow(row, { eligibility, acknowledgeCardNumber: true }));
    expect(left.at(-1)).toMatchObject({ action: "worksheet.opened", detail: { cardNumberAcknowledged: true } });
    const id = (await rowOf(row))?.worksheet?.id ?? "";
    // What was asked about stays; another number is asked about anew.
    expect((await answerGate(id, { baseVersion: 1, answers: { ...eligibility, switchable: true } })).status).toBe(200);
    const other = { ...eligibility, whyNotSwitchedOn: "Nor has 5555 5555 5555 4444 in the terminal." };
    expect(await (await answerGate(id, { baseVersion: 2, answers: other })).json()).toMatchObject({
      code: "card_number_suspected",
    });
  });
});
