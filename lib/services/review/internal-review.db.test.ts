import { afterAll, beforeAll, expect, it } from "vitest";
import type { TransactionClient } from "@/lib/db/database";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { makeMove } from "@/lib/services/review/make-move";
import { readEngagementTrail } from "@/lib/services/trail/read-trail";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { giveReasons, makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { SAMPLE_SECTIONS, sampleSectionsOn } from "@/test/fixtures/sample-sections";
import { whileHeld } from "@/test/held";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world, { internalReview: true });
});
afterAll(() => world.close());

const move = async (by: Person, id: string, name: Parameters<typeof makeMove>[2]["move"], reason = "") =>
  makeMove(await world.as(by), id, { move: name, reason });

/** What the other company reads of the engagement: states of the workbook and the desk, and the trail. */
async function seenByQsa() {
  const qsa = await world.as("qsa");
  const [row] = (await readWorkbook(qsa, engagementId)).items;
  const desk = await listWorksheets(qsa, engagementId);
  const trail = await readEngagementTrail(qsa, engagementId, { limit: 200 });
  return { row: row?.worksheet?.state, desk: desk.items.map(({ state }) => state), trail: JSON.stringify(trail) };
}

it("goes through the reviewer first, who approves it or sends it back; the other company sees nothing of that", async () => {
  const id = await openSheet(world, engagementId, "8.3.4");
  await write(world, id);
  expect(await move("lead", id, "submit")).toMatchObject({ state: "internal_review", revision: 1, revisions: [] });
  await expect(getWorksheet(await world.as("qsa"), id)).rejects.toMatchObject({ code: "forbidden" });
  expect(await seenByQsa()).toMatchObject({ row: "draft", desk: [] });

  await expect(move("lead", id, "approve_internally")).rejects.toMatchObject({ code: "forbidden" });
  await expect(move("reviewer", id, "send_back")).rejects.toMatchObject({ code: "invalid" });
  const back = await move("reviewer", id, "send_back", "Our secret doubt.");
  expect(back).toMatchObject({ state: "changes_requested", revision: 1 });
  expect(back.transitions.at(-1)).toMatchObject({ move: "send_back", reason: "Our secret doubt." });
  expect(await seenByQsa()).toMatchObject({ row: "draft", desk: [] });

  await move("lead", id, "submit");
  const approved = await move("reviewer", id, "approve_internally");
  expect(approved).toMatchObject({ state: "qsa_review", revision: 1, revisions: [{ number: 1 }] });
  const sheet = await getWorksheet(await world.as("qsa"), id);
  expect(sheet.transitions.map((one) => one.move)).toEqual(["approve_internally"]);
  expect(sheet.digest).toBe(approved.digest);

  await move("qsa", id, "request_changes", "Say which users.");
  await move("lead", id, "submit");
  await move("reviewer", id, "send_back", "Our secret doubt.");
  await move("lead", id, "submit");
  expect((await getWorksheet(await world.as("lead"), id)).state).toBe("internal_review");
  const waiting = await getWorksheet(await world.as("qsa"), id);
  expect(waiting).toMatchObject({ state: "changes_requested", sections: null });
  expect(waiting.transitions.at(-1)).toMatchObject({ move: "request_changes" });
  const seen = await seenByQsa();
  expect(seen).toMatchObject({ row: "changes_requested", desk: ["changes_requested"] });
  expect(seen.trail).not.toContain("secret doubt");
  expect(seen.trail).not.toContain("for internal review");
  expect(seen.trail).toContain("worksheet.approved_internally");
  const ours = await readEngagementTrail(await world.as("lead"), engagementId, { limit: 200 });
  expect(JSON.stringify(ours)).toContain("secret doubt");

  await move("reviewer", id, "approve_internally");
  expect(await sign(world, id)).toMatchObject({ state: "signed", revision: 2 });
});

it("is never the author's to approve, whose text it is", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  const change = { userId: world.userId("contributor"), role: "internal_reviewer" } as const;
  await addMember(await world.steppedUp("lead"), engagementId, change);
  await write(world, id);
  await move("lead", id, "submit");
  await expect(move("contributor", id, "approve_internally")).rejects.toMatchObject({ code: "forbidden" });
  await expect(move("contributor", id, "send_back", "Mine.")).rejects.toMatchObject({ code: "forbidden" });
  await removeMember(await world.steppedUp("lead"), engagementId, change.userId, change.role);
  expect(await move("reviewer", id, "approve_internally")).toMatchObject({ state: "qsa_review" });
});

it("is not for somebody who decides for the assessor besides, as the rules say before anything is frozen", async () => {
  const id = await submitSheet(world, engagementId, "8.3.11");
  const userId = world.userId("reviewer");
  const { organisationId } = await world.behind.prisma.engagement.findUniqueOrThrow({ where: { id: engagementId } });
  // Past the rules of membership, as a fault would have left it.
  const asDecider = (db: TransactionClient) =>
    db.engagementMember.create({ data: { engagementId, organisationId, userId, role: "qsa_lead" } });
  await whileHeld(world, asDecider, async () => undefined);
  const refused = { code: "blocked", extras: { blockers: [{ rule: "L24" }] } };
  await expect(move("reviewer", id, "approve_internally")).rejects.toMatchObject(refused);
  await whileHeld(
    world,
    (db) => db.engagementMember.deleteMany({ where: { engagementId, userId, role: "qsa_lead" } }),
    async () => undefined,
  );
  expect(await move("reviewer", id, "approve_internally")).toMatchObject({ state: "qsa_review" });
});

it("can ask for changes itself once the worksheet is with the decider, and be left by withdrawing", async () => {
  const id = await submitSheet(world, engagementId, "8.3.9");
  expect(await move("lead", id, "withdraw", "The switch came.")).toMatchObject({ state: "withdrawn", revisions: [] });
  await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  await move("lead", id, "submit");
  await move("reviewer", id, "approve_internally");
  const asked = await move("reviewer", id, "request_changes", "We found a mistake.");
  expect(asked).toMatchObject({ state: "changes_requested", revision: 2, revisions: [{ reviewedAt: null }] });
});

it("freezes what was read and approved, to the letter, whatever passes with the days in between", async () => {
  const id = await openSheet(world, engagementId, "8.3.10");
  const { definition, maintenance } = SAMPLE_SECTIONS;
  const controls = definition.items.controls.map((one) => ({ ...one, nature: "detective" as const }));
  const due = new Date(world.now.getTime());
  due.setUTCFullYear(due.getUTCFullYear() + 1, due.getUTCMonth(), due.getUTCDate() + 5);
  const reviewDue = due.toISOString().slice(0, 10);
  await write(world, id, {
    ...sampleSectionsOn(world.now.toISOString().slice(0, 10)),
    definition: { ...definition, items: { controls } },
    maintenance: { ...maintenance, items: { ...maintenance.items, reviewDue } },
  });
  await giveReasons(world, id);
  const given = async () => (await getWorksheet(await world.as("lead"), id)).warningReasons.map(({ rule }) => rule);
  expect(await given()).toEqual(["L18", "L23"]);
  // The controls are mended, and the reason for them has nothing to answer any more.
  await write(world, id, { definition });
  await move("lead", id, "submit");
  expect(await given()).toEqual(["L23"]);
  const { digest } = await getWorksheet(await world.as("reviewer"), id);
  // By now the next review lies within the year.
  world.pass({ hours: 24 * 10 });
  const approve = async (read: string) =>
    makeMove(await world.as("reviewer"), id, { move: "approve_internally", reason: "", digest: read });
  await expect(approve("0".repeat(64))).rejects.toMatchObject({ code: "digest_differs" });
  const approved = await approve(digest);
  expect(approved).toMatchObject({ state: "qsa_review", digest, warningReasons: [{ rule: "L23" }] });
  expect(approved.revisions).toMatchObject([{ digest }]);
});
