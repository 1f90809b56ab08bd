import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { organisationLog } from "@/lib/auth/events";
import { chainStart, verifyStretch } from "@/lib/domain/audit/chain";
import { jsonLinesResponse } from "@/lib/server/json-lines";
import { exportEngagementTrail, exportOrganisationTrail, type TrailExport } from "@/lib/services/trail/export-trail";
import { readEngagementTrail } from "@/lib/services/trail/read-trail";
import { makeEngagement, submitSheet } from "@/test/engagement";
import { ADDRESS, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world, { internalReview: true });
  await submitSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

interface Line {
  readonly logId: string;
  readonly seq: number;
  readonly prevHash: string;
  readonly entryHash: string;
  readonly payloadSha256: string;
  readonly payload?: string;
  readonly event?: { readonly action: string; readonly detail: { readonly to?: string } };
}

/** The file as a browser gets it. */
async function linesOf(exported: TrailExport): Promise<Line[]> {
  const response = jsonLinesResponse(exported.name, exported.lines);
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="[a-z-]+\.jsonl"$/);
  const text = await response.text();
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const bytes = (text: string) => Buffer.from(text, "hex");

it("gives an organisation's chain whole, so that it can be recomputed from the file alone", async () => {
  const lines = await linesOf(await exportOrganisationTrail(await world.steppedUp("admin")));
  const logId = organisationLog(world.organisationId("entity"));
  const links = lines.map(({ seq, prevHash, entryHash, payload = "" }) => ({
    seq: BigInt(seq),
    prevHash: bytes(prevHash),
    entryHash: bytes(entryHash),
    payloadHash: sha256(Buffer.from(payload)),
  }));
  expect(verifyStretch(links, chainStart(logId, sha256), sha256)).toMatchObject({ holds: true });
  const { size } = await world.behind.prisma.auditHead.findUniqueOrThrow({ where: { logId } });
  // What was left by asking for the file came after what is in it.
  expect(BigInt(lines.length)).toBe(size - 1n);
  const last = await world.behind.prisma.auditEvent.findFirstOrThrow({ where: { logId }, orderBy: { seq: "desc" } });
  expect(JSON.parse(last.payload)).toMatchObject({ action: "export.made", detail: { what: "trail", format: "jsonl" } });
});

it("gives an engagement's events with what its page withholds withheld, and the other company no internal review", async () => {
  const own = await linesOf(await exportEngagementTrail(await world.steppedUp("lead"), engagementId));
  const theirs = await linesOf(await exportEngagementTrail(await world.steppedUp("qsa"), engagementId));
  const toReview = (lines: readonly Line[]) => lines.filter(({ event }) => event?.detail.to === "internal_review");
  expect(own.length).toBeGreaterThan(20);
  expect(toReview(own)).toHaveLength(1);
  expect(toReview(theirs)).toEqual([]);
  const shown = (await readEngagementTrail(await world.as("lead"), engagementId, { limit: 200 })).items;
  const details = new Map(shown.map(({ seq, detail }) => [seq, detail]));
  for (const { seq, event, payload, payloadSha256, entryHash, prevHash } of own) {
    expect(event).toEqual(details.get(seq));
    expect(payload).toBeUndefined();
    expect(JSON.stringify(event)).not.toMatch(new RegExp(`${ADDRESS}|"state":"[0-9a-f]{64}"|"tx"`));
    const seqBytes = Buffer.alloc(9);
    seqBytes.writeBigInt64BE(BigInt(seq), 1);
    expect(sha256(Buffer.concat([seqBytes, bytes(prevHash), bytes(payloadSha256)])).toString("hex")).toBe(entryHash);
  }
});

it("is for whoever may read the trail and has shown again who they are; it stops where the right ends", async () => {
  world.pass({ minutes: 5 });
  await expect(exportOrganisationTrail(await world.as("firmAdmin"))).rejects.toMatchObject({
    code: "step_up_required",
  });
  await expect(exportOrganisationTrail(await world.steppedUp("observer"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportEngagementTrail(await world.steppedUp("contributor"), engagementId)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(exportEngagementTrail(await world.steppedUp("stranger"), engagementId)).rejects.toMatchObject({
    code: "not_found",
  });
  const { lines } = await exportEngagementTrail(await world.steppedUp("reviewer"), engagementId);
  const userId = world.userId("reviewer");
  await world.behind.prisma.$transaction(async (db) => {
    await db.$executeRaw`SET LOCAL session_replication_role = replica`;
    await db.engagementMember.deleteMany({ where: { userId } });
  });
  await expect(lines.next()).rejects.toMatchObject({ code: "not_found" });
});
