import { afterAll, beforeAll, expect, it } from "vitest";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import { getRevision } from "@/lib/services/review/get-revision";
import { makeMove } from "@/lib/services/review/make-move";
import { answerEligibility } from "@/lib/services/rigour/answer-eligibility";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { makeEngagement, openSheet, write } from "@/test/engagement";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const read = async (by: Person, id: string) => getWorksheet(await world.as(by), id);
const submit = async (id: string) => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
const { definition } = SAMPLE_SECTIONS;
/** The same controls, all of which only detect: a warning, and no error. */
const detectOnly = {
  ...SAMPLE_SECTIONS,
  definition: {
    ...definition,
    items: { controls: definition.items.controls.map((one) => ({ ...one, nature: "detective" as const })) },
  },
};

it("stops a submission by a warning until a reason is given, which the assessor then reads in the revision", async () => {
  const id = await openSheet(world, engagementId, "8.3.4");
  await write(world, id, detectOnly);
  await expect(submit(id)).rejects.toMatchObject({
    code: "blocked",
    extras: { blockers: [{ section: "definition", rule: "L18" }] },
  });
  const { rigour } = await read("contributor", id);
  expect(rigour?.reasons).toEqual([]);
  const context = await world.as("contributor");
  await expect(answerWarning(context, id, { key: "L18:nothing", reason: "So." })).rejects.toMatchObject({
    code: "invalid",
  });
  if (!rigour) throw new Error("Its writer is not told what the rules are asked with.");
  const subject = { standardVersion: "4.0.1", requirementNumber: "8.3.4", sections: detectOnly } as const;
  const evidence = (await read("contributor", id)).evidence ?? [];
  const outcomes = evaluateRigour({ ...subject, evidence, facts: rigour.facts }, rigour.knowledge, rigour.settings);
  const [warning] = findingsIn(outcomes, "warning");
  expect(warning).toMatchObject({ rule: "L18" });
  const reason = "The requirement is met by noticing.";
  const answered = await answerWarning(context, id, { key: warning?.key ?? "", reason: ` ${reason} ` });
  expect(answered).toMatchObject({ blockers: [], warningReasons: [{ rule: "L18", reason }] });
  await submit(id);
  const revision = await getRevision(await world.as("qsa"), id, 1);
  expect(revision.content.warningReasons).toMatchObject([{ rule: "L18", section: "definition", reason }]);
  await expect(answerWarning(context, id, { key: warning?.key ?? "", reason: "Late." })).rejects.toMatchObject({
    code: "wrong_state",
  });
});

it("asks why the setting of a plain gap is not switched on, and keeps a law and a missed task out", async () => {
  const id = await openSheet(world, engagementId, "10.3.4");
  const answer = async (change: Partial<typeof UNANSWERED>) =>
    answerEligibility(await world.as("contributor"), id, { ...UNANSWERED, ...change });
  await write(world, id);
  const rules = ({ blockers }: Awaited<ReturnType<typeof answer>>) => blockers.map(({ rule }) => rule);
  const why = "AWS raises no alarm when a stored file does not validate, so no setting does it.";
  expect(rules(await answer({}))).toEqual(["L07"]);
  expect(rules(await answer({ switchable: true, whyNotSwitchedOn: "Too expensive for this year, really." }))).toEqual([
    "L07",
  ]);
  expect(rules(await answer({ whyNotSwitchedOn: why, legalBar: true }))).toEqual(["L04"]);
  expect(rules(await answer({ whyNotSwitchedOn: why, missedActivity: true }))).toEqual(["L09"]);
  expect(rules(await answer({ whyNotSwitchedOn: why, storedSad: true }))).toEqual(["L08"]);
  await expect(submit(id)).rejects.toMatchObject({ code: "blocked" });
  await answer({ whyNotSwitchedOn: why });
  await submit(id);
  const { content } = await getRevision(await world.as("qsa"), id, 1);
  expect(content.eligibility).toMatchObject({ whyNotSwitchedOn: why });
  expect(content).not.toHaveProperty("warningReasons");
});

it("lets only those answer who may write", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  for (const person of ["colleague", "reviewer", "qsa"] as const) {
    await expect(answerEligibility(await world.as(person), id, UNANSWERED), person).rejects.toMatchObject({
      code: "forbidden",
    });
    const none = { key: "L18:none", reason: "" };
    await expect(answerWarning(await world.as(person), id, none), person).rejects.toMatchObject({ code: "forbidden" });
  }
});
