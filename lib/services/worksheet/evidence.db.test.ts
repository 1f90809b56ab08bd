import { afterAll, beforeAll, expect, it } from "vitest";
import { type AddEvidenceInput, addEvidenceInput } from "@/lib/contracts/evidence";
import { makeMove } from "@/lib/services/review/make-move";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence, removeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const LINK: AddEvidenceInput = {
  section: "validation",
  itemId: null,
  title: "Drill of the lock",
  url: "https://evidence.example/drills/42",
  shows: "Five failed sign-ins lock the user.",
  collectedOn: "2026-11-20",
  validUntil: "2026-12-10",
};
const linksOf = async (id: string) => (await getWorksheet(await world.as("lead"), id)).evidence;

it("takes a link, changes it over the version that was seen, and leaves a tombstone", async () => {
  const id = await openSheet(world, engagementId, "8.3.4");
  const added = await addEvidence(await world.as("contributor"), id, LINK);
  expect(added).toMatchObject({ ...LINK, version: 1, freshness: "expiring" });
  expect(added.addedBy.id).toBe(world.userId("contributor"));

  const better = { ...LINK, title: "Drill and its repetition", itemId: "t1", validUntil: null };
  const changed = await changeEvidence(await world.as("lead"), added.id, { ...better, version: 1 });
  expect(changed).toMatchObject({ ...better, version: 2, freshness: "fresh" });
  const late = changeEvidence(await world.as("contributor"), added.id, { ...LINK, version: 1 });
  await expect(late).rejects.toMatchObject({ code: "stale", extras: { current: changed } });
  const early = removeEvidence(await world.as("contributor"), added.id, 1);
  await expect(early).rejects.toMatchObject({ code: "stale", extras: { current: changed } });
  expect(await linksOf(id)).toEqual([changed]);

  await removeEvidence(await world.as("contributor"), added.id, 2);
  expect(await linksOf(id)).toEqual([]);
  const tombstone = await world.behind.prisma.evidence.findUnique({ where: { id: added.id } });
  expect(tombstone).toMatchObject({ title: better.title, removedAt: world.now });
  await expect(removeEvidence(await world.as("lead"), added.id, 3)).rejects.toMatchObject({ code: "not_found" });
  const revived = changeEvidence(await world.as("lead"), added.id, { ...LINK, version: 3 });
  await expect(revived).rejects.toMatchObject({ code: "not_found" });
});

it("is added by those who write, and makes them authors", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  for (const person of ["colleague", "reviewer", "observer", "qsa"] as const) {
    await expect(addEvidence(await world.as(person), id, LINK)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(addEvidence(await world.as("stranger"), id, LINK)).rejects.toMatchObject({ code: "not_found" });
  await addEvidence(await world.as("lead"), id, LINK);
  const authors = await world.behind.prisma.worksheetAuthor.findMany({ where: { worksheetId: id } });
  expect(authors.map(({ userId }) => userId)).toEqual([world.userId("lead")]);
});

it("stands still while the worksheet is in review or signed, and moves on in the next revision alone", async () => {
  const id = await openSheet(world, engagementId, "8.3.9");
  await write(world, id);
  const link = await addEvidence(await world.as("contributor"), id, LINK);
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  const expectStill = async () => {
    const lead = await world.as("lead");
    const refused = { code: "wrong_state" };
    await expect(addEvidence(lead, id, LINK)).rejects.toMatchObject(refused);
    await expect(changeEvidence(lead, link.id, { ...LINK, version: 1 })).rejects.toMatchObject(refused);
    await expect(removeEvidence(lead, link.id, 1)).rejects.toMatchObject(refused);
  };
  await expectStill();
  await sign(world, id);
  await expectStill();

  await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  await removeEvidence(await world.as("contributor"), link.id, 1);
  expect(((await linksOf(id)) ?? []).map((one) => one.id)).not.toContain(link.id);
  const revision = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: id } });
  expect(JSON.parse(revision.content)).toMatchObject({
    evidence: expect.arrayContaining([expect.objectContaining({ id: link.id, ...LINK })]),
  });
});

it("refuses addresses that are not of the web, and days that cannot be", () => {
  const refusal = (change: Partial<AddEvidenceInput>) =>
    addEvidenceInput.safeParse({ ...LINK, ...change }).error?.issues.map(({ path }) => path.join("."));
  expect(refusal({})).toBeUndefined();
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://evidence.example/drill",
    "https://user:secret@evidence.example/",
    "evidence.example/drill",
  ]) {
    expect(refusal({ url }), url).toEqual(["url"]);
  }
  expect(refusal({ collectedOn: "2026-02-30" })).toEqual(["collectedOn"]);
  expect(refusal({ validUntil: "2026-11-19" })).toEqual(["validUntil"]);
  expect(refusal({ title: " " })).toEqual(["title"]);
});
