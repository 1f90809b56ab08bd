import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { PartContents, SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";
import { readReadiness } from "@/lib/services/readiness/read-readiness";
import { openRecord } from "@/lib/services/records/open-record";
import { getDiff } from "@/lib/services/review/get-diff";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { signOff } from "@/lib/services/review/sign-off";
import { answerEligibility } from "@/lib/services/rigour/answer-eligibility";
import { readEngagementTrail, readOrganisationTrail } from "@/lib/services/trail/read-trail";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { addRow, makeEngagement, openSheet } from "@/test/engagement";
import { LET_THROUGH, OPENING } from "@/test/fixtures/gate-answers";
import { filledRecord } from "@/test/fixtures/record-parts";
import { nameOf, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const today = () => world.now.toISOString().slice(0, 10);
const rowOf = async (number: string) => {
  const { items } = await readWorkbook(await world.as("lead"), engagementId);
  const row = items.find(({ requirementNumber }) => requirementNumber === number);
  if (!row) throw new Error(`There is no row ${number}.`);
  return row;
};
const choose = async (number: string, disposition: "customized_approach" | "legal_exception" | "met") => {
  await addRow(world, engagementId, number).catch(() => undefined);
  const { id, version } = await rowOf(number);
  return decideDisposition(await world.as("lead"), id, { version, disposition, note: "As the record says." });
};
const open = async (number: string, kind: RecordKind, by: Person = "lead") =>
  openRecord(await world.as(by), (await rowOf(number)).id, { kind });
const write = async (id: string, parts: PartContents, by: Person = "lead") => {
  const { sections } = await getWorksheet(await world.as(by), id);
  for (const [key, content] of Object.entries(parts) as [PartKey, SectionContent][]) {
    const baseVersion = sections?.[key]?.version ?? 0;
    await saveSection(await world.as(by), id, key, { baseVersion, content });
  }
};
const attach = async (id: string, section: "matrixTesting" | "approval" | "constraints") =>
  addEvidence(await world.as("lead"), id, {
    ...{ section, itemId: null, title: "Protocol of the tests", url: "https://example.com/t", shows: "" },
    ...{ collectedOn: today(), validUntil: null },
  });
const submit = async (id: string) => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
const sign = async (id: string, by: Person = "qsa") => {
  const { digest, statementVersion } = await getStatement(await world.as(by), id);
  return signOff(await world.steppedUp(by), id, { kind: "sign", digest, statementVersion });
};
const signed = async (number: string, kind: RecordKind): Promise<WorksheetDto> => {
  const { id } = await open(number, kind);
  await write(id, filledRecord(kind, today()));
  if (kind === "customized_approach") await attach(id, "matrixTesting");
  await submit(id);
  return sign(id);
};

describe("a customized approach", () => {
  it("goes from its choice to a signature that names it and no criterion", async () => {
    await choose("8.3.4", "customized_approach");
    expect(await rowOf("8.3.4")).toMatchObject({ settled: false, mayOpen: ["customized_approach"], worksheet: null });
    const record = await open("8.3.4", "customized_approach");
    expect(record).toMatchObject({ kind: "customized_approach", state: "draft", rigour: null, eligibility: null });
    await expect(submit(record.id)).rejects.toMatchObject({ code: "blocked" });
    await write(record.id, filledRecord("customized_approach", today()));
    await attach(record.id, "matrixTesting");
    expect((await getWorksheet(await world.as("lead"), record.id)).blockers).toEqual([]);
    await submit(record.id);
    const { statementText, statementVersion } = await getStatement(await world.as("qsa"), record.id);
    expect(statementText).toMatch(/customized approach record/);
    expect(statementText).not.toMatch(/Appendix B/);
    const done = await sign(record.id);
    expect(done).toMatchObject({ state: "signed", validity: { status: "valid" }, signOffs: [{ statementVersion }] });
    expect(statementVersion).toBe("countervail.record-sign-off.v1");
    const row = await rowOf("8.3.4");
    expect(row).toMatchObject({
      settled: true,
      mayOpen: [],
      records: [{ kind: "customized_approach", state: "signed" }],
    });
  });

  it("keeps a compensating control away, and the reverse, until it is withdrawn", async () => {
    const { id } = await rowOf("8.3.4");
    const opened = openWorksheet(await world.as("lead"), id, OPENING);
    await expect(opened).rejects.toMatchObject({ code: "blocked" });
    await expect(choose("8.3.4", "met")).rejects.toMatchObject({ code: "blocked" });
    await openSheet(world, engagementId, "8.3.6");
    await expect(choose("8.3.6", "customized_approach")).rejects.toMatchObject({ code: "blocked" });
    await expect(open("8.3.6", "customized_approach")).rejects.toMatchObject({ code: "blocked" });
  });

  it("is opened once, by the lead alone, where it is possible", async () => {
    await expect(open("8.3.4", "customized_approach")).rejects.toMatchObject({ code: "already_exists" });
    await choose("8.3.5", "customized_approach");
    await expect(open("8.3.5", "customized_approach", "contributor")).rejects.toMatchObject({ code: "forbidden" });
    await expect(choose("12.3.2", "customized_approach")).rejects.toMatchObject({
      code: "invalid",
      extras: { errors: [{ path: "disposition" }] },
    });
  });

  it("is written by the contributors that it is given to, and takes no part of another kind", async () => {
    const { id } = await open("8.3.5", "customized_approach");
    const contributor = await world.as("contributor");
    const { riskMischief, approval } = filledRecord("customized_approach", today());
    if (!riskMischief || !approval) throw new Error("The fixture has no such part.");
    const save = () => saveSection(contributor, id, "riskMischief", { baseVersion: 0, content: riskMischief });
    await expect(save()).rejects.toMatchObject({ code: "forbidden" });
    // The trail calls a record what it is.
    const denied = { attempted: "worksheet.edit", kind: "customized_approach" };
    expect(await world.eventsOf(() => save().catch(() => null))).toMatchObject([
      { action: "access.denied", detail: denied },
    ]);
    await setAssignees(await world.as("lead"), id, [world.userId("contributor")]);
    expect((await save()).version).toBe(1);
    const foreign = saveSection(contributor, id, "law", { baseVersion: 0, content: approval });
    await expect(foreign).rejects.toMatchObject({ code: "not_found" });
    await expect(attach(id, "constraints")).rejects.toMatchObject({ code: "invalid" });
    const talk = { section: "criteria", itemId: null, visibility: "shared", body: "Which?" } as const;
    await expect(openThread(contributor, id, talk)).rejects.toMatchObject({ code: "invalid" });
  });

  it("shows the decider what changed between two revisions", async () => {
    const { records } = await rowOf("8.3.5");
    const id = records[0]?.id ?? "";
    const parts = filledRecord("customized_approach", today());
    await write(id, parts);
    await attach(id, "matrixTesting");
    await submit(id);
    await makeMove(await world.as("qsa"), id, { move: "request_changes", reason: "Count the numbers." });
    const { riskImpact } = parts;
    if (!riskImpact) throw new Error("The fixture has no impact.");
    await write(id, {
      riskImpact: { ...riskImpact, items: { ...riskImpact.items, pansStored: "2 million, counted" } },
    });
    await submit(id);
    const { sections } = await getDiff(await world.as("qsa"), id, { from: 1, to: 2 });
    const changed = sections.filter((one) => one.changed);
    expect(changed).toMatchObject([{ section: "riskImpact", fields: [{ field: "pansStored" }] }]);
  });

  it("has nothing that belongs to compensating controls alone", async () => {
    const { records } = await rowOf("8.3.4");
    const id = records[0]?.id ?? "";
    await expect(getCriteria(await world.as("qsa"), id, undefined)).rejects.toMatchObject({ code: "not_found" });
    await expect(copyForRoc(await world.as("qsa"), id)).rejects.toMatchObject({ code: "not_found" });
    const { worksheets } = await readReadiness(await world.as("lead"), engagementId);
    expect(worksheets.map(({ requirementNumber }) => requirementNumber)).toEqual(["8.3.6"]);
    const draft = (await rowOf("8.3.5")).records[0]?.id ?? "";
    await makeMove(await world.as("qsa"), draft, { move: "request_changes", reason: "Name the owner." });
    const answered = answerEligibility(await world.as("lead"), draft, { baseVersion: 0, answers: LET_THROUGH });
    await expect(answered).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be withdrawn, which lets another answer take its place, and reopened, which makes it the answer again", async () => {
    const id = (await rowOf("8.3.5")).records[0]?.id ?? "";
    await makeMove(await world.as("lead"), id, { move: "withdraw", reason: "It is met by now." });
    await choose("8.3.5", "met");
    await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
    expect(await rowOf("8.3.5")).toMatchObject({ disposition: "customized_approach", records: [{ state: "draft" }] });
    // The assessor, who does not see the draft, is told the day that the newest submitted revision sets.
    const { reviewDue } = await getWorksheet(await world.as("lead"), id);
    expect(reviewDue).not.toBeNull();
    expect(await getWorksheet(await world.as("qsa"), id)).toMatchObject({ sections: null, reviewDue });
  });
});

it("a customized approach is signed by an ISA, and not by an officer", async () => {
  const own = await makeEngagement(world, { assessor: false });
  const rowId = await addRow(world, own, "8.3.4");
  const chosen = { version: 1, disposition: "customized_approach", note: "" } as const;
  await decideDisposition(await world.as("lead"), rowId, chosen);
  const { id } = await openRecord(await world.as("lead"), rowId, { kind: "customized_approach" });
  await write(id, filledRecord("customized_approach", today()));
  await attach(id, "matrixTesting");
  await submit(id);
  await expect(sign(id, "officer")).rejects.toMatchObject({ code: "forbidden" });
  const { moves, held } = (await getWorksheet(await world.as("officer"), id)).permissions;
  expect(moves.some(({ move }) => move === "sign")).toBe(false);
  expect(held).toMatchObject([{ move: "sign", reason: expect.stringMatching(/QSA or an ISA/) }]);
  expect(await sign(id, "isa")).toMatchObject({ state: "signed" });
});

it("a legal exception says what it is, and is reviewed and signed likewise", async () => {
  await choose("9.2.1.1", "legal_exception");
  expect(await rowOf("9.2.1.1")).toMatchObject({ settled: false, mayOpen: ["legal_exception"] });
  const record = await signed("9.2.1.1", "legal_exception");
  expect(record.signOffs[0]?.statementText).toMatch(/not in place/);
  expect(await rowOf("9.2.1.1")).toMatchObject({ settled: true });
});

it("a targeted risk analysis stands beside any choice, and asks for its review once that is due", async () => {
  await choose("10.4.2.1", "met");
  const { id } = await signed("10.4.2.1", "risk_analysis");
  expect(await rowOf("10.4.2.1")).toMatchObject({ disposition: "met", settled: true });
  const { reviewDue, validity } = await getWorksheet(await world.as("lead"), id);
  expect(validity?.status).toBe("valid");
  world.pass({ days: 301 });
  const later = await getWorksheet(await world.as("lead"), id);
  expect(later.reviewDue).toBe(reviewDue);
  expect(later.validity).toMatchObject({
    status: "needs_revalidation",
    reason: expect.stringMatching(/review was due/i),
  });
  world.pass({ days: -301 });
  await choose("8.3.9", "met");
  await expect(open("8.3.9", "risk_analysis")).rejects.toMatchObject({ code: "blocked" });
});

it("records stand in lists by their kind, and their opening in the trail by its words", async () => {
  const { items } = await listWorksheets(await world.as("qsa"), engagementId);
  expect(items.map(({ requirementNumber, kind }) => `${requirementNumber} ${kind}`)).toEqual([
    "8.3.4 customized_approach",
    "8.3.5 customized_approach",
    "9.2.1.1 legal_exception",
    "10.4.2.1 risk_analysis",
  ]);
  const trail = await readEngagementTrail(await world.as("lead"), engagementId, { limit: 200 });
  const sentences = trail.items.filter(({ action }) => action === "record.opened").map(({ sentence }) => sentence);
  expect(sentences.some((one) => one.includes("opened the legal exception record for 9.2.1.1"))).toBe(true);
  const whole = await readOrganisationTrail(await world.as("admin"), { limit: 200 });
  for (const { items } of [trail, whole]) {
    const said = items.filter(({ action }) => action === "worksheet.signed").map(({ sentence }) => sentence);
    expect(said).toContain(`${nameOf("qsa")} signed revision 1 of the targeted risk analysis for 10.4.2.1.`);
  }
});

describe("the database itself", () => {
  const refusal = async (sql: string, ...values: string[]) => {
    const done = world.behind.prisma.$executeRawUnsafe(sql, ...values);
    return done.then(
      () => "let through",
      (error: unknown) => String(error),
    );
  };

  it("keeps the parts of one kind from another", async () => {
    const id = (await rowOf("9.2.1.1")).records[0]?.id ?? "";
    const said = await refusal(
      `INSERT INTO section (id, engagement_id, organisation_id, worksheet_id, key, narrative, items, version, updated_at)
       SELECT gen_random_uuid(), engagement_id, organisation_id, id, 'constraints', '{}', '{}', 0, now()
       FROM worksheet WHERE id = $1::uuid`,
      id,
    );
    expect(said).toMatch(/has no part/);
  });

  it("keeps the gate's answers from records, and unknown kinds out", async () => {
    const id = (await rowOf("9.2.1.1")).records[0]?.id ?? "";
    expect(await refusal("UPDATE worksheet SET eligibility = '{}' WHERE id = $1::uuid", id)).toMatch(/worksheet_gate/);
    expect(await refusal("UPDATE worksheet SET kind = 'note' WHERE id = $1::uuid", id)).toMatch(/worksheet_kind/);
  });
});
