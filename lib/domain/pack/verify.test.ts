import { beforeAll, describe, expect, it } from "vitest";
import { evidencePath } from "@/lib/domain/pack/layout";
import type { PackReport } from "@/lib/domain/pack/report";
import { verifyPack } from "@/lib/domain/pack/verify";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import type { TestService } from "@/test/pack/service";
import { bytesOf, type PackBytes, sourceOf, tellStory } from "@/test/pack/story";

const SUMMER = new Date("2026-06-01T12:00:00.000Z");
let service: TestService;
let pack: PackBytes;

beforeAll(async () => {
  ({ service } = tellStory());
  pack = bytesOf(await service.pack(new Date("2026-04-10T12:00:00.000Z")));
});

function verify(
  bytes: PackBytes,
  { root = service.rootKeyId as string | null, now = SUMMER, older = undefined as PackBytes | undefined } = {},
): Promise<PackReport> {
  const tools = { sha256, checkSignature };
  return verifyPack(sourceOf(bytes), { ...tools, trustedRoot: root, now, older: older && sourceOf(older) });
}

const changed = (path: string, bytes: Uint8Array | null) => {
  const copy = new Map(pack);
  if (bytes) copy.set(path, bytes);
  else copy.delete(path);
  return copy;
};

describe("an untouched pack", () => {
  it("is valid under the root that is trusted", async () => {
    const report = await verify(pack);
    expect(report.checks.flatMap(({ problems }) => problems)).toEqual([]);
    expect(report.verdict).toBe("valid");
    expect(report.checks.every(({ outcome }) => outcome === "passed")).toBe(true);
  });

  it("tells how each worksheet stands, and who says so", async () => {
    const { worksheets } = await verify(pack);
    const said = worksheets.map(({ requirement, status, assurance }) => [requirement, status, assurance]).sort();
    expect(said).toEqual([
      ["10.3.4", "revoked", "passkey"],
      ["10.4.2.1", "signed", "passkey"],
      ["3.7.6", "signed", "server_witnessed"],
      ["8.3.4", "signed", "passkey"],
      ["8.3.6", "reopened", "server_witnessed"],
    ]);
  });

  it("is valid five years on, and says what has expired", async () => {
    const report = await verify(pack, { now: new Date("2031-04-10T12:00:00.000Z") });
    expect(report.verdict).toBe("valid");
    expect(report.worksheets.filter(({ status }) => status === "needs_revalidation")).toHaveLength(3);
    expect(report.notes.join()).toMatch(/checkpoint key's time ended.*statement key's time ended.*5 years old/s);
  });

  it("is intact but incomplete when no root is given", async () => {
    const report = await verify(pack, { root: null });
    expect([report.verdict, report.first?.check]).toEqual(["incomplete", "root"]);
    expect(report.says).toMatch(/intact/);
  });

  it("names what was left out on purpose", async () => {
    expect((await verify(pack)).omissions).toEqual([
      { what: expect.stringMatching(/^evidence\//), reason: "Being scanned" },
    ]);
  });
});

describe("a changed pack", () => {
  it("is invalid when a byte of any file differs, and that file is named", async () => {
    for (const [path, bytes] of pack) {
      const flipped = bytes.with(Math.floor(bytes.length / 2), (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1);
      const report = await verify(changed(path, flipped));
      expect([path, report.verdict]).toEqual([path, "invalid"]);
      if (!path.startsWith("manifest")) expect(report.first?.path).toBe(path);
    }
  });

  it("is incomplete when any file is missing, and that file is named", async () => {
    for (const path of pack.keys()) {
      const report = await verify(changed(path, null));
      expect([path, report.verdict, report.first?.path]).toEqual([path, "incomplete", path]);
    }
  });

  it("is invalid with a file beside the manifest", async () => {
    const report = await verify(changed(evidencePath("0".repeat(64)), new Uint8Array(3)));
    expect([report.verdict, report.first?.check]).toEqual(["invalid", "files"]);
  });
});

describe("a forged pack", () => {
  it("is never valid under the right root, and intact at most without one", async () => {
    const forger = tellStory().service;
    const forged = bytesOf(await forger.pack(SUMMER));
    expect((await verify(forged)).first).toMatchObject({ check: "root", kind: "failed" });
    expect((await verify(forged, { root: null })).verdict).toBe("incomplete");
  });
});

describe("a pack beside an older one", () => {
  it("continues it, with a proof of consistency or with all leaves", async () => {
    for (const history of ["proofs", "leaves"] as const) {
      const story = tellStory().service;
      const older = bytesOf(await story.pack(new Date("2026-04-10T12:00:00.000Z")));
      story.record({ action: "trail.viewed", at: SUMMER.toISOString(), actorId: null, detail: {} }, true);
      const newer = bytesOf(await story.pack(SUMMER, history));
      const report = await verify(newer, { root: story.rootKeyId, older });
      expect([report.verdict, report.extendsSize]).toEqual(["valid", 13]);
      // The other way round, the end of the trail was cut off.
      const back = await verify(older, { root: story.rootKeyId, older: newer });
      expect(back.first).toMatchObject({ check: "history", kind: "failed" });
    }
  });

  it("is incomplete when nothing shows that it continues it", async () => {
    const story = tellStory().service;
    const older = bytesOf(await story.pack(new Date("2026-04-10T12:00:00.000Z")));
    story.record({ action: "trail.viewed", at: SUMMER.toISOString(), actorId: null, detail: {} }, true);
    const newer = bytesOf(await story.pack(SUMMER, "none"));
    const report = await verify(newer, { root: story.rootKeyId, older });
    expect([report.verdict, report.first?.check]).toEqual(["incomplete", "history"]);
  });

  it("is invalid beside one of another service", async () => {
    const older = bytesOf(await tellStory().service.pack(SUMMER));
    expect((await verify(pack, { older })).first).toMatchObject({
      check: "history",
      says: "The two packs are of different trails.",
    });
  });
});
