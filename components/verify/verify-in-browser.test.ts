import { generateKeyPairSync, sign } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { checkInBrowser, inflateInBrowser, verifyInBrowser } from "@/components/verify/verify-in-browser";
import { writeZip } from "@/lib/render/zip/write-zip";
import { checkSignature } from "@/lib/signing/node-crypto";
import type { TestService } from "@/test/pack/service";
import { tellStory } from "@/test/pack/story";

const NOW = new Date("2026-05-02T10:00:00.000Z");
let service: TestService;
let archive: Blob;

beforeAll(async () => {
  ({ service } = tellStory());
  archive = new Blob([new Uint8Array(await buffer(writeZip(await service.pack(NOW))))]);
});

describe("the verifier in a browser", () => {
  it("finds a pack valid, and the same pack not trusted without a root", async () => {
    const valid = await verifyInBrowser(archive, { root: service.rootKeyId, older: archive, now: NOW });
    expect([valid.first, valid.verdict]).toEqual([null, "valid"]);
    const unknown = await verifyInBrowser(archive, { root: null, older: null, now: NOW });
    expect(unknown.says).toMatch(/intact/);
  });

  it("says in words what is no pack", async () => {
    const report = await verifyInBrowser(new Blob(["%PDF-1.7"]), { root: null, older: null, now: NOW });
    expect(report).toMatchObject({
      verdict: "invalid",
      first: { says: "The file cannot be read: it is too short for a zip archive." },
    });
  });

  it("checks signatures as Node.js does, right ones and wrong ones", () => {
    const message = new TextEncoder().encode("what is signed");
    const pairs = [
      ["ed25519", generateKeyPairSync("ed25519"), null, 32],
      ["ecdsa-p256", generateKeyPairSync("ec", { namedCurve: "P-256" }), "sha256", 91],
    ] as const;
    for (const [algorithm, pair, hash, length] of pairs) {
      const der = pair.publicKey.export({ format: "der", type: "spki" });
      const key = { algorithm, publicKey: new Uint8Array(der.subarray(-length)) };
      const signature = new Uint8Array(sign(hash, message, pair.privateKey));
      expect([checkInBrowser(key, message, signature), checkSignature(key, message, signature)]).toEqual([true, true]);
      for (let at = 0; at < signature.length; at++) {
        const wrong = signature.with(at, (signature[at] ?? 0) ^ 1);
        expect(checkInBrowser(key, message, wrong)).toBe(false);
      }
      expect(checkInBrowser({ ...key, publicKey: key.publicKey.subarray(1) }, message, signature)).toBe(false);
    }
  });

  it("unpacks to the size that was named and not a byte more", async () => {
    const { deflateRawSync } = await import("node:zlib");
    const packed = new Uint8Array(deflateRawSync(new Uint8Array(1_000_000)));
    expect((await inflateInBrowser(packed, 1_000_000))?.length).toBe(1_000_000);
    expect(await inflateInBrowser(packed, 999_999)).toBeNull();
    expect(await inflateInBrowser(packed, 1_000_001)).toBeNull();
    expect(await inflateInBrowser(packed.subarray(0, 10), 1_000_000)).toBeNull();
  });
});
