import fc from "fast-check";
import { expect, it } from "vitest";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseSealCertificate, readPem, verifySealCertificate, writePem } from "@/lib/domain/proof/certificate";
import { derElements } from "@/lib/domain/proof/der";
import { makeSealCertificate } from "@/lib/signer/certificate";
import { newKey } from "@/lib/signer/keyring";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";

const SERVICE = "0f8fad5b-d9cb-469f-a165-70867728950e";
const from = new Date("2026-11-20T00:00:00Z");
const key = newKey("seal", from);
const pem = makeSealCertificate(key.record, key.secret, SERVICE);
const der = readPem(utf8(pem)) ?? new Uint8Array(0);
const verdict = (text: string, keys = [key.record]) => verifySealCertificate(utf8(text), keys, sha256, checkSignature);

it("a certificate is that of a listed key, the same each time it is made", async () => {
  expect(await verdict(pem)).toEqual({ ok: true, value: key.record });
  expect(makeSealCertificate(key.record, key.secret, SERVICE)).toBe(pem);
  const other = newKey("seal", from);
  expect((await verdict(pem, [other.record])).ok).toBe(false);
  expect((await verdict(pem, [{ ...key.record, purpose: "statement" }])).ok).toBe(false);
  // Its own name over somebody else's key.
  expect((await verdict(makeSealCertificate(key.record, other.secret, SERVICE))).ok).toBe(false);
});

it("no changed byte of a certificate passes", async () => {
  expect(der.length).toBeGreaterThan(300);
  for (let at = 0; at < der.length; at += 1) {
    const changed = writePem(der.with(at, (der[at] ?? 0) ^ 1));
    expect((await verdict(changed)).ok, `byte ${at}`).toBe(false);
  }
});

it("a certificate has one spelling", async () => {
  const [head, first = "", ...rest] = pem.split("\n");
  const others = [
    pem.slice(0, -1),
    `${pem}\n`,
    ` ${pem}`,
    pem.replaceAll("\n", "\r\n"),
    [head, first.slice(0, 60), first.slice(60), ...rest].join("\n"),
    pem.replace("BEGIN CERTIFICATE", "BEGIN TRUSTED CERTIFICATE"),
    `${pem}${pem}`,
  ];
  for (const text of others) expect((await verdict(text)).ok, text).toBe(false);
});

/** The beginning of a certificate, or its end. */
const cut = fc
  .record({ at: fc.integer({ min: 1, max: der.length - 1 }), end: fc.boolean() })
  .map(({ at, end }) => (end ? der.slice(at) : der.slice(0, at)));

it("reading never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), cut), (bytes) => {
      expect(parseSealCertificate(utf8(writePem(bytes)), sha256).ok).toBe(false);
      derElements(bytes);
      readPem(bytes);
    }),
  );
});
