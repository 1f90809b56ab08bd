import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { openArchive } from "@/lib/domain/pack/archive";
import { evidenceFile, fileOf } from "@/lib/domain/pack/build";
import { evidencePath } from "@/lib/domain/pack/layout";
import { readmeText } from "@/lib/domain/pack/readme";
import { toHex, utf8 } from "@/lib/domain/proof/bytes";
import { writeZip } from "@/lib/render/zip/write-zip";
import { sha256 } from "@/lib/signing/node-crypto";
import { inflateByNode, inMemory } from "@/lib/verifier/node-archive";

it("reads evidence when its turn comes, and packs short texts alone", async () => {
  const bytes = utf8("time,user\n".repeat(50));
  const stored = { sha256: toHex(sha256(bytes)), size: bytes.length, type: "text/csv" };
  const opened: string[] = [];
  const file = evidenceFile(stored, async function* () {
    opened.push(stored.sha256);
    yield bytes;
  });
  expect([file.compress, evidenceFile({ ...stored, size: 2 ** 21 }, file.content as never).compress]).toEqual([
    true,
    false,
  ]);
  expect(evidenceFile({ ...stored, type: "image/png" }, file.content as never).compress).toBe(false);
  expect(opened).toEqual([]);
  const archive = await openArchive(inMemory(new Uint8Array(await buffer(writeZip([file])))), inflateByNode);
  if (!archive.ok) throw new Error(archive.error);
  expect(await archive.value.read(evidencePath(stored.sha256))).toEqual({ ok: true, value: bytes });
});

it("says in the README whose pack it is, what is left out, and that its own fingerprint proves nothing", () => {
  const facts = {
    entityName: "Łódź Payments",
    engagementName: "2026",
    made: new Date(0),
    rootKeyId: "ab12".repeat(16),
  };
  const rest = { verifierSha256: "0".repeat(64), verifyUrl: "https://countervail.example/verify" };
  const text = readmeText({ ...facts, ...rest, omissions: [{ what: "raw.bin", reason: "Being scanned" }] });
  expect(text).toMatch(/Łódź Payments/);
  expect(text).toMatch(/raw\.bin: Being scanned/);
  expect(text).toMatch(/(ab12 ){15}ab12\n\nwhich proves nothing by itself/);
  expect(fileOf("README.txt", text, sha256)).toMatchObject({ compress: true, size: utf8(text).length });
});
