import { afterAll, beforeAll, expect, it } from "vitest";
import { askDraft } from "@/lib/domain/rigour/ask-draft";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { getRevision } from "@/lib/services/review/get-revision";
import { makeMove } from "@/lib/services/review/make-move";
import { answerEligibility } from "@/lib/services/rigour/answer-eligibility";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
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

/** The key under which the rules, asked as the page asks them, tell a warning. */
async function warningKey(id: string, rule: string): Promise<string> {
  const worksheet = await read("contributor", id);
  const { rigour } = worksheet;
  if (!rigour) throw new Error("Its writer is not told what the rules are asked with.");
  const warnings = findingsIn(askDraft(worksheet, rigour, detectOnly), "warning");
  return warnings.find((one) => one.rule === rule)?.key ?? "";
}

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
  const key = await warningKey(id, "L18");
  const reason = "The requirement is met by noticing.";
  const answered = await answerWarning(context, id, { key, reason: ` ${reason} ` });
  expect(answered).toMatchObject({ blockers: [], warningReasons: [{ rule: "L18", reason }] });
  await submit(id);
  const revision = await getRevision(await world.as("qsa"), id, 1);
  expect(revision.content.warningReasons).toMatchObject([{ rule: "L18", section: "definition", reason }]);
  await expect(answerWarning(context, id, { key, reason: "Late." })).rejects.toMatchObject({
    code: "wrong_state",
  });
});

it("keeps a signature valid in whatever order reasons were given", async () => {
  const id = await openSheet(world, engagementId, "8.3.9");
  const { maintenance } = SAMPLE_SECTIONS;
  await write(world, id, {
    ...detectOnly,
    maintenance: { ...maintenance, items: { ...maintenance.items, reviewDue: "" } },
  });
  await expect(submit(id)).rejects.toMatchObject({ extras: { blockers: [{ rule: "L18" }, { rule: "L23" }] } });
  const context = await world.as("contributor");
  const key = await warningKey(id, "L18");
  await answerWarning(context, id, { key: "L23:review:none", reason: "Agreed with the next assessment." });
  await answerWarning(context, id, { key, reason: "The requirement is met by noticing." });
  await submit(id);
  const signed = await sign(world, id);
  expect(signed.validity).toMatchObject({ status: "valid" });
});

it("asks why the setting of a plain gap is not switched on, and keeps a law and a missed task out", async () => {
  const id = await openSheet(world, engagementId, "10.3.4");
  const answer = async (change: Partial<typeof LET_THROUGH>) => {
    const contributor = await world.as("contributor");
    const baseVersion = (await getWorksheet(contributor, id)).rigour?.eligibilityVersion ?? -1;
    const answers = { ...LET_THROUGH, whyNotSwitchedOn: "", ...change };
    return answerEligibility(contributor, id, { baseVersion, answers });
  };
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
    const answers = { baseVersion: 1, answers: LET_THROUGH };
    await expect(answerEligibility(await world.as(person), id, answers), person).rejects.toMatchObject({
      code: "forbidden",
    });
    const none = { key: "L18:none", reason: "" };
    await expect(answerWarning(await world.as(person), id, none), person).rejects.toMatchObject({ code: "forbidden" });
  }
});
