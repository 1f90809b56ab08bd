import { generateKeyPairSync, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCoseKey } from "@/lib/domain/pack/cose";
import { placeOf } from "@/lib/domain/pack/layout";
import { parseManifest, writeManifest } from "@/lib/domain/pack/manifest";
import { parseConsistencyProof, parseEventProof } from "@/lib/domain/pack/proofs";
import { verifyRs256 } from "@/lib/domain/pack/rsa";
import { verifyPack } from "@/lib/domain/pack/verify";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseSignOff } from "@/lib/domain/sign-off/signed-statement";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { sourceOf } from "@/test/pack/story";

const json = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json({ maxDepth: 4 }).map(utf8));

describe("the readers of a pack's parts", () => {
  it("never throw, whatever the bytes are", () => {
    fc.assert(
      fc.property(json, (bytes) => {
        for (const parse of [parseManifest, parseSignOff, parseEventProof, parseConsistencyProof]) parse(bytes);
        parseCoseKey(bytes);
        verifyRs256({ n: bytes, e: bytes }, bytes, bytes, sha256);
      }),
      { numRuns: 3000 },
    );
  });

  it("never find a pack of arbitrary files valid", async () => {
    const path = fc.constantFrom(
      "manifest.json",
      "manifest.dsse.json",
      "checkpoint.txt",
      "keys.dsse.json",
      "events/0.json",
    );
    const files = fc.array(fc.tuple(path, json), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(files, async (some) => {
        const options = { sha256, checkSignature, trustedRoot: null, now: new Date(0) };
        const { verdict } = await verifyPack(sourceOf(new Map(some)), options);
        expect(verdict).not.toBe("valid");
      }),
    );
  });
});

describe("a manifest", () => {
  const manifest = {
    service: "6f0f5b8e-31c6-4a5e-9a3d-0d8f1e2b3c4d",
    engagementId: "6f0f5b8e-31c6-4a5e-9a3d-0d8f1e2b3c4e",
    made: "2026-05-02T10:00:00.000Z",
    files: [{ path: "checkpoint.txt", size: 1, sha256: "0".repeat(64), role: "checkpoint" as const }],
    omissions: [],
    checkpoint: { origin: "countervail/x/org:y", size: 3, root: new Uint8Array(32) },
    keysSha256: "1".repeat(64),
    rootKeyId: "2".repeat(64),
  };

  it("is read as it was written", () => {
    expect(parseManifest(writeManifest(manifest))).toEqual({ ok: true, value: manifest });
  });

  it("lists no file in a place that its role has not, twice, or in another order", () => {
    const [file] = manifest.files;
    const other = { path: "README.txt", size: 1, sha256: "0".repeat(64), role: "readme" as const };
    for (const files of [[{ ...other, path: "../README.txt" }], [{ ...other, role: "keys" as const }], [file, file]]) {
      expect(() => writeManifest({ ...manifest, files: files as typeof manifest.files })).toThrow(RangeError);
    }
    const written = new TextDecoder().decode(
      writeManifest({ ...manifest, files: [...manifest.files, other] as never }),
    );
    const swapped = written
      .replace("README.txt", "zzzz")
      .replace("checkpoint.txt", "README.txt")
      .replace("zzzz", "checkpoint.txt");
    expect(parseManifest(utf8(swapped)).ok).toBe(false);
  });
});

describe("the layout", () => {
  it("has one role for a path, and none for what a pack never has", () => {
    expect(placeOf("events/10.json")).toEqual({ role: "event", id: "", number: 10 });
    expect(placeOf("consistency/3-12.json")).toEqual({ role: "consistency", id: "", number: 3 });
    for (const path of [
      "events/010.json",
      "events/-1.json",
      "evidence/x",
      "Evidence/a",
      "manifest.json",
      "a\nREADME.txt",
    ]) {
      expect(placeOf(path)).toBeNull();
    }
  });
});

describe("a passkey's key", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const [modulus, exponent] = [n, e].map((text) => new Uint8Array(Buffer.from(text, "base64url"))) as [
    Uint8Array,
    Uint8Array,
  ];
  const cose = new Map<number, number | Uint8Array>([
    [1, 3],
    [3, -257],
    [-1, modulus],
    [-2, exponent],
  ]);

  it("may be RSA, whose signatures are checked as Node.js makes them", () => {
    const key = parseCoseKey(new Uint8Array(isoCBOR.encode(cose)));
    if (key?.algorithm !== "rs256") throw new Error("It is not read.");
    const message = utf8("what is signed");
    const signature = new Uint8Array(sign("sha256", message, privateKey));
    expect(verifyRs256(key, message, signature, sha256)).toBe(true);
    fc.assert(
      fc.property(fc.nat(255), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const wrong = signature.with(at, (signature[at] ?? 0) ^ mask);
        expect(verifyRs256(key, message, wrong, sha256)).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(verifyRs256({ ...key, e: Uint8Array.of(3) }, message, signature, sha256)).toBe(false);
    expect(verifyRs256(key, message, new Uint8Array(256), sha256)).toBe(false);
  });

  it("is of a kind that is known, with nothing beside it", () => {
    const encode = (map: Map<number, number | Uint8Array>) => new Uint8Array(isoCBOR.encode(map));
    const okp = new Map<number, number | Uint8Array>([
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, new Uint8Array(32)],
    ]);
    expect(parseCoseKey(encode(okp))?.algorithm).toBe("ed25519");
    expect(parseCoseKey(encode(new Map([...okp, [-9, 1]])))).toBeNull();
    expect(parseCoseKey(encode(new Map([...okp, [3, -7]])))).toBeNull();
    expect(parseCoseKey(encode(new Map([...okp, [-2, new Uint8Array(31)]])))).toBeNull();
  });
});
