import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { Failure } from "@/lib/contracts/failure";
import { parseSignOff } from "@/lib/domain/sign-off/signed-statement";
import { CRITERION_IDS, type CriterionId, criteriaOf } from "@/lib/domain/worksheet/criteria";
import { withAnswer } from "@/lib/domain/worksheet/criteria-answers";
import { decideCriterion } from "@/lib/services/criteria/decide-criterion";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { getDiff } from "@/lib/services/review/get-diff";
import { getRevision } from "@/lib/services/review/get-revision";
import { getStatement } from "@/lib/services/review/get-statement";
import { layOutStatement } from "@/lib/services/review/lay-out-statement";
import { listThreads } from "@/lib/services/review/list-threads";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { answerCriteria, decide, meetCriteria } from "@/test/criteria";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let assessed = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  assessed = await makeEngagement(world);
});
afterAll(() => world.close());
beforeEach(() => world.pass({ hours: 1 }));

const submit = async (id: string) => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
const askForChanges = async (id: string) =>
  makeMove(await world.as("qsa"), id, { move: "request_changes", reason: "Say where C2 comes from." });
const read = async (by: Person, id: string, revision?: number) => getCriteria(await world.as(by), id, revision);
const of = ({ criteria }: CriteriaDto, id: CriterionId) => criteria.find((one) => one.id === id);
/** Answers one criterion over what is stored. */
const answer = async (by: Person, id: string, criterion: CriterionId, words: string, baseVersion?: number) => {
  const context = await world.as(by);
  const stored = (await getWorksheet(context, id)).sections?.criteria;
  if (!stored) throw new Error("The draft is not shown.");
  const items = { answers: withAnswer(stored.content.items.answers, criterion, words) };
  const change = { baseVersion: baseVersion ?? stored.version, content: { ...stored.content, items } };
  return saveSection(context, id, "criteria", change);
};
const trySign = async (id: string) => {
  const { digest, statementVersion } = await getStatement(await world.as("qsa"), id);
  return signOff(await world.steppedUp("qsa"), id, { kind: "sign", digest, statementVersion });
};
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (failure: Failure) => failure,
  );

describe("the entity's answers", () => {
  it("are given by lead and contributors, also those whom the worksheet was not given to, who are authors then", async () => {
    const id = await openSheet(world, assessed, "8.3.4");
    for (const person of ["reviewer", "observer", "qsa"] as const) {
      const change = { baseVersion: 0, content: SAMPLE_ANSWERS };
      await expect(saveSection(await world.as(person), id, "criteria", change), person).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect((await getWorksheet(await world.as("colleague"), id)).permissions).toMatchObject({
      edit: false,
      answerCriteria: true,
    });
    expect(await answer("colleague", id, "intent", "C1 reaches it.")).toMatchObject({ version: 1 });
    const authors = await world.behind.prisma.worksheetAuthor.findMany({ where: { worksheetId: id } });
    expect(authors.map(({ userId }) => userId)).toEqual(
      // Whoever opened it answered the gate.
      expect.arrayContaining([world.userId("colleague"), world.userId("lead")]),
    );
  });

  it("are never overwritten: whoever saves second gets what is stored", async () => {
    const id = await openSheet(world, assessed, "8.3.6");
    await answer("colleague", id, "intent", "C1 reaches it.", 0);
    const late = await refusalOf(answer("contributor", id, "defence", "C2 defends.", 0));
    expect(late).toMatchObject({ code: "stale", extras: { current: { key: "criteria", version: 1 } } });
    const saves = ["lead", "contributor"] as const;
    const both = await Promise.allSettled(saves.map((by) => answer(by, id, "defence", `${by} says`, 1)));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("stop a submission while one is missing, each by its name, and are frozen with the revision", async () => {
    const id = await openSheet(world, assessed, "8.3.9");
    await write(world, id, { ...SAMPLE_SECTIONS });
    await answer("contributor", id, "beyond", "  ");
    const stopped = await refusalOf(submit(id));
    const blocker = { section: "criteria", itemId: "beyond", message: expect.stringContaining("Criterion 3") };
    expect(stopped).toMatchObject({ code: "blocked", extras: { blockers: [blocker] } });
    expect((await getWorksheet(await world.as("lead"), id)).blockers).toMatchObject([blocker]);
    await answer("contributor", id, "beyond", "C1 is new.");
    await submit(id);
    const { content } = await getRevision(await world.as("qsa"), id, 1);
    expect(content.criteria?.map(({ id: one, number }) => [one, number])).toEqual(
      criteriaOf("4.0.1").map(({ id: one, number }) => [one, number]),
    );
    await expect(answer("contributor", id, "beyond", "Too late.")).rejects.toMatchObject({ code: "wrong_state" });

    await askForChanges(id);
    await answer("contributor", id, "beyond", "C1 is new, and C2 comes from 10.4.");
    await submit(id);
    const diff = await getDiff(await world.as("qsa"), id, { from: 1, to: 2 });
    const changed = diff.criteria.filter(({ kind }) => kind === "changed");
    expect(changed).toMatchObject([{ after: { id: "beyond", answer: "C1 is new, and C2 comes from 10.4." } }]);
    const first = await getRevision(await world.as("qsa"), id, 1);
    expect(first.content.criteria).toEqual(content.criteria);
  });

  it("are four in 3.2.1", async () => {
    const legacy = await makeEngagement(world, { standardVersion: "3.2.1" });
    const id = await submitSheet(world, legacy, "8.1.6");
    const { criteria, tally } = await read("qsa", id);
    expect(criteria.map(({ number }) => number)).toEqual(["1", "2", "3", "4"]);
    expect(tally).toEqual({ decided: 0, met: 0, total: 4 });
    await expect(decide(world, id, "now_and_future", "met")).rejects.toMatchObject({ code: "not_found" });
    await meetCriteria(world, id);
    expect(await sign(world, id)).toMatchObject({ state: "signed" });
  });
});

describe("a decision over a criterion", () => {
  it("is the QSA lead's; assistants propose, which their company alone sees", async () => {
    const id = await submitSheet(world, assessed, "8.3.10.1");
    const { digest } = await read("qsa", id);
    const finding = { digest, baseVersion: 0, outcome: "not_met", note: "C1 is owed anyway." } as const;
    const find = async (by: Person, kind: "decision" | "proposal") =>
      decideCriterion(await world.as(by), id, "beyond", { ...finding, kind });
    for (const person of ["lead", "contributor", "reviewer", "observer"] as const) {
      for (const kind of ["decision", "proposal"] as const) {
        await expect(find(person, kind), `${person} ${kind}`).rejects.toMatchObject({ code: "forbidden" });
      }
    }
    await expect(find("stranger", "decision")).rejects.toMatchObject({ code: "not_found" });
    await expect(find("assistant", "decision")).rejects.toMatchObject({ code: "forbidden" });
    const told = await world.eventsOf(() => find("assistant", "proposal"));
    expect(told).toMatchObject([{ action: "criterion.proposed", chain: "firm" }]);

    expect(of(await read("qsa", id), "beyond")).toMatchObject({
      decision: null,
      proposal: { outcome: "not_met", note: "C1 is owed anyway.", by: { id: world.userId("assistant") } },
    });
    expect(await read("assistant", id)).toMatchObject({ may: "proposal" });
    const seen = await read("lead", id);
    expect([of(seen, "beyond")?.proposal, seen.may]).toEqual([null, null]);
    expect((await listThreads(await world.as("lead"), id)).items).toEqual([]);
  });

  it("that asks or refuses opens a thread that the entity answers in; a later decision keeps it", async () => {
    const id = await submitSheet(world, assessed, "8.6.1");
    const { digest } = await read("qsa", id);
    const bare = { kind: "decision", digest, baseVersion: 0, outcome: "question", note: " " } as const;
    await expect(decideCriterion(await world.as("qsa"), id, "defence", bare)).rejects.toMatchObject({
      code: "invalid",
    });

    const asked = of(await decide(world, id, "defence", "question", { note: "For which users?" }), "defence");
    const threadOf = async () => (await listThreads(await world.as("lead"), id)).items;
    const anchor = { section: "criteria", itemId: "defence", visibility: "shared", mayComment: true };
    expect(await threadOf()).toMatchObject([{ ...anchor, id: asked?.decision?.threadId, comments: [{}] }]);
    await decide(world, id, "defence", "not_met", { note: "Not for the second one." });
    const found = of(await decide(world, id, "defence", "met"), "defence");
    expect(found?.decision).toMatchObject({
      outcome: "met",
      note: "",
      version: 3,
      threadId: asked?.decision?.threadId,
    });
    const bodies = (await threadOf()).map(({ comments }) => comments.map(({ body }) => body));
    expect(bodies).toEqual([["For which users?", "Not for the second one."]]);
  });

  it("stands on what was read: not on another revision, nor on what somebody else decided meanwhile", async () => {
    const id = await submitSheet(world, assessed, "8.2.8");
    const { digest } = await read("qsa", id);
    const finding = { kind: "decision", digest, baseVersion: 0, outcome: "met", note: "" } as const;
    const qsa = await world.as("qsa");
    const find = (more: object) => decideCriterion(qsa, id, "intent", { ...finding, ...more });
    await expect(find({ digest: "0".repeat(64) })).rejects.toMatchObject({ code: "digest_differs" });
    const both = await Promise.allSettled([find({}), find({ outcome: "question", note: "Which?" })]);
    const lost = both.find(({ status }) => status === "rejected");
    expect(lost).toMatchObject({ reason: { code: "stale", extras: { current: { revision: 1 } } } });
    expect((await listThreads(qsa, id)).items.length).toBe(both[0].status === "fulfilled" ? 0 : 1);
    await askForChanges(id);
    await expect(find({ baseVersion: 1 })).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("counts for its revision alone; on the next it is shown as what was decided then", async () => {
    const id = await submitSheet(world, assessed, "8.3.1");
    await decide(world, id, "intent", "met");
    await decide(world, id, "beyond", "question", { note: "Where does C2 come from?" });
    await askForChanges(id);
    await answer("contributor", id, "beyond", "C2 comes from 10.4.");
    await submit(id);
    const next = await read("qsa", id);
    expect(next).toMatchObject({ revision: 2, tally: { decided: 0, met: 0, total: 5 } });
    expect(of(next, "intent")).toMatchObject({
      decision: null,
      earlier: { revision: 1, outcome: "met", sameAnswer: true },
    });
    expect(of(next, "beyond")).toMatchObject({
      decision: null,
      earlier: { revision: 1, outcome: "question", sameAnswer: false },
    });
    expect(of(await read("qsa", id, 1), "intent")).toMatchObject({ decision: { outcome: "met" }, earlier: null });
    await expect(read("observer", id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is the ISA's where no assessor company takes part, and never an author's", async () => {
    const own = await makeEngagement(world, { assessor: false, assessmentType: "SAQ" });
    const id = await submitSheet(world, own, "8.3.4");
    expect(await decide(world, id, "intent", "met", { by: "isa" })).toMatchObject({ may: "decision" });
    const revision = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: id } });
    const { engagementId, organisationId, id: revisionId } = revision;
    const place = { engagementId, organisationId, worksheetId: id, revisionId, criterion: "defence", kind: "decision" };
    const insert = (by: Person, more: object = {}) =>
      world.behind.prisma.criterionDecision.create({
        data: {
          ...{ ...place, outcome: "met", authorOrganisationId: organisationId, at: world.now },
          ...{ byId: world.userId(by), ...more },
        },
      });
    await expect(insert("contributor")).rejects.toThrow("an author of a worksheet never decides over it");
    await expect(insert("officer", { kind: "proposal" })).rejects.toThrow("a criterion is decided by whoever signs");
    await expect(insert("reviewer")).rejects.toThrow("a criterion is decided by whoever signs");
    await expect(insert("isa", { outcome: "question", note: "Why?" })).rejects.toThrow("criterion_decision_thread");
    await expect(insert("isa", { outcome: "not_met" })).rejects.toThrow("criterion_decision_note");
    await expect(insert("isa")).rejects.toThrow("without an audit event");
  });
});

describe("notes of decisions", () => {
  it("are asked about card numbers, and what was asked about stays", async () => {
    const id = await submitSheet(world, assessed, "8.3.5");
    const { digest } = await read("qsa", id);
    const note = "Whose is 4111 1111 1111 1111?";
    const asked = { kind: "decision", digest, outcome: "question", note } as const;
    const qsa = await world.as("qsa");
    const find = (more: { baseVersion: number; note?: string; acknowledgeCardNumber?: boolean }) =>
      decideCriterion(qsa, id, "defence", { ...asked, ...more });
    const suspected = { code: "card_number_suspected", extras: { errors: [{ path: "note" }] } };
    expect(await refusalOf(find({ baseVersion: 0 }))).toMatchObject(suspected);
    expect((await listThreads(qsa, id)).items).toEqual([]);
    const told = await world.eventsOf(() => find({ baseVersion: 0, acknowledgeCardNumber: true }));
    expect(told.at(-1)).toMatchObject({ action: "criterion.decided", detail: { cardNumberAcknowledged: true } });
    await find({ baseVersion: 1, note: `${note} And since when?` });
    expect(await refusalOf(find({ baseVersion: 2, note: "And 5555 5555 5555 4444?" }))).toMatchObject(suspected);
  });
});

describe("the database", () => {
  /** Tries something without the application, and takes it back. */
  const attempt = async (...statements: readonly string[]) => {
    const { prisma } = world.behind;
    await prisma.$transaction([
      ...statements.map((sql) => prisma.$executeRawUnsafe(sql)),
      // Whatever was let through ends here.
      prisma.$executeRawUnsafe("SELECT 1 / 0"),
    ]);
  };

  it("keeps one proposal of each company, and one decision over each criterion", async () => {
    const id = await submitSheet(world, assessed, "8.6.2");
    const { digest } = await read("qsa", id);
    const finding = { digest, baseVersion: 0, outcome: "met", note: "" } as const;
    await decideCriterion(await world.as("assistant"), id, "intent", { ...finding, kind: "proposal" });
    await decideCriterion(await world.as("qsa"), id, "intent", { ...finding, kind: "decision" });
    const again = (kind: string, company: string) => [
      "SET LOCAL session_replication_role = replica",
      `INSERT INTO criterion_decision SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
         'author_organisation_id', '${company}'))).* FROM criterion_decision d WHERE worksheet_id = '${id}' AND kind = '${kind}'`,
    ];
    const firm = world.organisationId("firm");
    const other = world.organisationId("entity");
    await expect(attempt(...again("proposal", firm))).rejects.toThrow("criterion_decision_one_each");
    await expect(attempt(...again("proposal", other))).rejects.toThrow("division by zero");
    await expect(attempt(...again("decision", other))).rejects.toThrow("criterion_decision_one_each");
  });
});

describe("a signature", () => {
  it("is refused while a criterion is undecided, asked about or not met, and names them", async () => {
    const id = await submitSheet(world, assessed, "10.3.4");
    const stopped = async (blocked: readonly CriterionId[]) => {
      const failure = { code: "blocked", extras: { blockers: blocked.map((itemId) => ({ itemId })) } };
      expect(await refusalOf(trySign(id))).toMatchObject(failure);
      const laid = layOutStatement(await world.as("qsa"), id, { kind: "sign", reason: "", passkey: false });
      expect(await refusalOf(laid)).toMatchObject(failure);
      expect((await read("qsa", id)).whyNotSigned).toMatch(/^Every criterion has to be met first/);
    };
    await stopped(CRITERION_IDS);
    for (const one of CRITERION_IDS.slice(1)) await decide(world, id, one, "met");
    await stopped(["intent"]);
    await decide(world, id, "intent", "question");
    await stopped(["intent"]);
    await decide(world, id, "intent", "not_met");
    await stopped(["intent"]);
    await decide(world, id, "intent", "met");
    expect(await trySign(id)).toMatchObject({ state: "signed" });
    await expect(decide(world, id, "intent", "not_met")).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("states what was decided, by whom and when, under a digest; a refusal states what was decided by then", async () => {
    const id = await submitSheet(world, assessed, "11.5.2");
    await meetCriteria(world, id);
    await trySign(id);
    const stated = async (worksheetId: string) => {
      const row = await world.behind.prisma.signOff.findFirstOrThrow({ where: { worksheetId } });
      const parsed = parseSignOff(new TextEncoder().encode(row.statement ?? ""));
      if (!parsed.ok) throw new Error(parsed.error);
      return parsed.value;
    };
    const { criteria, criteriaSha256 } = await stated(id);
    expect(criteria?.map(({ number, outcome }) => number + outcome)).toEqual(["1met", "2met", "3met", "5met", "6met"]);
    expect(criteria?.every(({ by }) => by === world.userId("qsa"))).toBe(true);
    expect(criteriaSha256).toMatch(/^[0-9a-f]{64}$/);

    const other = await submitSheet(world, assessed, "6.3.3");
    await decide(world, other, "added_risk", "not_met", { note: "R2 has no control." });
    const { digest } = await getStatement(await world.as("qsa"), other);
    await signOff(await world.steppedUp("qsa"), other, { kind: "refuse", digest, reason: "Not in place." });
    expect((await stated(other)).criteria).toMatchObject([
      { id: "added_risk", number: "5", outcome: "not_met", note: "R2 has no control." },
    ]);
  });

  it("waits for the answers of a worksheet that is reopened, and for decisions of their own", async () => {
    const id = await submitSheet(world, assessed, "2.2.7");
    await sign(world, id);
    await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
    await answerCriteria(world, id);
    await submit(id);
    expect(await refusalOf(trySign(id))).toMatchObject({ code: "blocked" });
    expect(await sign(world, id)).toMatchObject({ state: "signed", revision: 2 });
  });
});
