import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { changeSettings } from "@/lib/services/engagement/update-engagement";
import { getDiff } from "@/lib/services/review/get-diff";
import { getRevision } from "@/lib/services/review/get-revision";
import { makeMove } from "@/lib/services/review/make-move";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { answerCriteria } from "@/test/criteria";
import { makeEngagement, openSheet, write } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { objectiveSaying, SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const move = async (by: Person, id: string, name: Parameters<typeof makeMove>[2]["move"], reason = "") =>
  makeMove(await world.as(by), id, { move: name, reason });
const sections = (words: string) => ({
  maintenance: { ...SAMPLE_SECTIONS.maintenance, narrative: doc(para(words)) },
});
const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

it("names every section that stands empty, and a law that is no reason", async () => {
  const id = await openSheet(world, engagementId, "8.3.4");
  await answerCriteria(world, id);
  const blocked = async () => {
    const refusal = await move("lead", id, "submit").catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "blocked" });
    return (refusal as { extras: { blockers: { section: string; rule: string; message: string }[] } }).extras.blockers;
  };
  const empty = (await blocked()).filter(({ rule }) => rule === "L02");
  expect(empty.map(({ section }) => section)).toEqual(SECTION_KEYS);
  const { objective: _, ...five } = SAMPLE_SECTIONS;
  await write(world, id, five);
  await answerCriteria(world, id);
  expect(await blocked()).toMatchObject([{ section: "objective", message: expect.stringContaining("“Objective”") }]);
  const { narrative, items } = SAMPLE_SECTIONS.constraints;
  await write(world, id, {
    objective: objectiveSaying("Done."),
    constraints: { narrative, items: { ...items, constraintType: "legal" } },
  });
  expect(await blocked()).toMatchObject([{ section: "constraints" }]);
  expect((await getWorksheet(await world.as("lead"), id)).revisions).toEqual([]);
});

it("freezes a revision whose digest anybody can compute, and keeps it through changes and withdrawal", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  await write(world, id, { ...SAMPLE_SECTIONS, ...sections("Łódź → “first” 🔑") });
  await expect(move("contributor", id, "submit")).rejects.toMatchObject({ code: "forbidden" });
  const { digest } = await move("lead", id, "submit");
  await expect(move("lead", id, "submit")).rejects.toMatchObject({ code: "wrong_state" });
  const stored = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: id } });
  expect(sha256(stored.content)).toBe(digest);
  const first = await getRevision(await world.as("qsa"), id, 1);
  expect(first).toMatchObject({ number: 1, digest, submittedAt: world.now.toISOString(), reviewedAt: null });
  expect(canonicalize(first.content)).toBe(stored.content);
  const qsa = await world.as("qsa");
  await expect(getDiff(qsa, id, {})).rejects.toMatchObject({ code: "not_found" });

  await expect(move("qsa", id, "request_changes", " \n")).rejects.toMatchObject({
    code: "invalid",
    extras: { errors: [{ path: "reason" }] },
  });
  await expect(move("lead", id, "request_changes", "Mine.")).rejects.toMatchObject({ code: "forbidden" });
  const asked = await move("assistant", id, "request_changes", "Say which users.");
  expect(asked).toMatchObject({ state: "changes_requested", revision: 2 });
  expect(asked.transitions.at(-1)).toMatchObject({ move: "request_changes", revision: 1, reason: "Say which users." });
  expect(asked.revisions[0]?.reviewedAt).toBe(world.now.toISOString());

  await write(world, id, sections("Łódź → “second” 🔑"));
  await move("lead", id, "submit");
  const diff = await getDiff(qsa, id, {});
  expect(diff).toMatchObject({ from: 1, to: 2, changed: true, header: [] });
  expect(diff.evidence.map(({ kind }) => kind)).toEqual(["same", "same"]);
  expect(diff.sections.filter(({ changed }) => changed).map(({ section }) => section)).toEqual(["maintenance"]);
  const change = diff.sections.find(({ section }) => section === "maintenance")?.narrative[0];
  expect(change).toMatchObject({
    kind: "changed",
    runs: [
      { kind: "same", text: "Łódź → “" },
      { kind: "removed", text: "first" },
      { kind: "added", text: "second" },
      { kind: "same", text: "” 🔑" },
    ],
  });

  await expect(move("lead", id, "withdraw")).rejects.toMatchObject({ code: "invalid" });
  await expect(move("qsa", id, "withdraw", "No.")).rejects.toMatchObject({ code: "forbidden" });
  expect(await move("lead", id, "withdraw", "The switch came.")).toMatchObject({ state: "withdrawn", revision: 2 });
  await expect(makeMove(await world.steppedUp("qsa"), id, { move: "reopen", reason: "" })).rejects.toMatchObject({
    code: "forbidden",
  });
  world.pass({ minutes: 5 });
  await expect(move("lead", id, "reopen")).rejects.toMatchObject({ code: "step_up_required" });
  const reopened = await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  expect(reopened).toMatchObject({ state: "draft", revision: 3 });
  await write(world, id, sections("Łódź → “third” 🔑"));
  await move("lead", id, "submit");
  // Nobody reviewed the second, so the third is read against the first.
  expect(await getDiff(await world.as("qsa"), id, {})).toMatchObject({ from: 1, to: 3 });
  expect(await getDiff(await world.as("qsa"), id, { from: 2, to: 3 })).toMatchObject({ from: 2, to: 3, changed: true });
  await move("qsa", id, "request_changes", "Almost.");
  await move("lead", id, "submit");
  expect(await getDiff(await world.as("qsa"), id, {})).toMatchObject({ from: 3, to: 4, changed: false });
  expect((await getRevision(await world.as("qsa"), id, 1)).digest).toBe(digest);
});

it("keeps the words of a revision's header when the engagement is renamed", async () => {
  const id = await openSheet(world, engagementId, "8.3.9");
  await write(world, id);
  const before = await move("lead", id, "submit");
  const lead = await world.as("lead");
  const { version, periodStart, periodEnd, dueOn, internalReview } = await readEngagement(lead, engagementId);
  const settings = { version, periodStart, periodEnd, dueOn, internalReview, name: "Assessment, renamed" };
  await changeSettings(lead, engagementId, settings);
  const after = await getWorksheet(await world.as("qsa"), id);
  expect([after.digest, after.header.engagementName]).toEqual([before.digest, "Assessment 2026"]);
});
