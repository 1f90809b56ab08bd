import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { parseCanonical, writeCanonical } from "@/lib/domain/proof/canonical";
import {
  type Envelope,
  parseEnvelope,
  preAuthEncoding,
  verifyEnvelope,
  writeEnvelope,
} from "@/lib/domain/proof/envelope";
import { HAND_OVER_TYPE, parseHandOver, verifyHandOver, writeHandOver } from "@/lib/domain/proof/hand-over";
import {
  KEY_SET_TYPE,
  type KeySet,
  keySetDigest,
  parseKeySet,
  problemOfSuccession,
  verifyKeyOf,
  verifyKeySet,
  writeKeySet,
} from "@/lib/domain/proof/key-set";
import {
  couldSignAt,
  cryptoperiodEnd,
  fingerprint,
  type KeyPurpose,
  type KeyRecord,
  keyIdOf,
  mayBecome,
  parseFingerprint,
  standingOf,
} from "@/lib/domain/proof/keys";
import type { CheckSignature } from "@/lib/domain/proof/signature";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const check: CheckSignature = ({ publicKey }, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" }),
    signature,
  );

interface Key {
  readonly record: KeyRecord;
  readonly secret: KeyObject;
}
const FROM = new Date("2026-11-24T12:00:00.000Z");
function newKey(purpose: KeyPurpose): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const bytes = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  const record: KeyRecord = {
    id: keyIdOf(bytes, sha256),
    purpose,
    algorithm: "ed25519",
    publicKey: toBase64(bytes),
    state: "active",
    from: FROM.toISOString(),
    until: cryptoperiodEnd(purpose, FROM).toISOString(),
  };
  return { record, secret: privateKey };
}
function sealed(payloadType: string, payload: Uint8Array, ...keys: Key[]): Envelope {
  const message = preAuthEncoding(payloadType, payload);
  return {
    payloadType,
    payload,
    signatures: keys.map(({ record, secret }) => ({
      keyid: record.id,
      sig: new Uint8Array(sign(null, message, secret)),
      webauthn: null,
    })),
  };
}

const root = newKey("root");
const statement = newKey("statement");
const checkpoint = newKey("checkpoint");
const first: KeySet = {
  service: "s",
  issued: FROM.toISOString(),
  number: 1,
  previous: null,
  keys: [root.record, statement.record, checkpoint.record],
};

describe("text forms of bytes", () => {
  test("go there and back, and every other text is refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AQgw/+=-_ \n"), maxLength: 9 }), (text) => {
        const bytes = fromBase64(text);
        expect(bytes === null || toBase64(bytes) === text).toBe(true);
      }),
      { numRuns: 3_000, seed: 5 },
    );
    expect(fromHex("0A")).toBeNull();
    expect(fromHex("0")).toBeNull();
  });

  test("canonical JSON is read in its one form alone", () => {
    const text = '{"a":[1,"é\\n",null],"b":{"c":true}}';
    expect(parseCanonical(utf8(text))).toEqual({ ok: true, value: { a: [1, "é\n", null], b: { c: true } } });
    for (const other of [
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a": 1}',
      '{"a":1.0}',
      '{"a":"\\u00e9"}',
      '{"a":"\\ud800"}',
      "\ufeff{}",
      "{}\n",
      "[".repeat(100_000),
      `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
    ]) {
      expect(parseCanonical(utf8(other)).ok).toBe(false);
    }
    fc.assert(
      fc.property(fc.json(), (json) => {
        const written = writeCanonical(JSON.parse(json));
        if (written !== null) expect(parseCanonical(utf8(written)).ok).toBe(true);
      }),
    );
  });
});

describe("envelopes", () => {
  test("the encoding is that of the DSSE specification", () => {
    const encoded = preAuthEncoding("http://example.com/HelloWorld", utf8("hello world"));
    expect(Buffer.from(encoded).toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  test("is read as it was written, with a passkey's signature beside the system's", async () => {
    const own = sealed("t", utf8("text"), statement);
    const webauthn = {
      authenticatorData: utf8("a"),
      clientDataJSON: utf8("{}"),
      publicKey: utf8("k"),
      rpId: "ccw.example",
      origin: "https://ccw.example",
    };
    const envelope = {
      ...own,
      signatures: [...own.signatures, { keyid: "webauthn:AbC_-", sig: utf8("s"), webauthn }],
    };
    const read = parseEnvelope(utf8(writeEnvelope(envelope)));
    expect(read).toEqual({ ok: true, value: envelope });
    const verdict = await verifyEnvelope(envelope, "t", [verifyKeyOf(statement.record)], check);
    expect(verdict).toMatchObject({ ok: true, value: { unknown: [], passkeys: [{ keyid: "webauthn:AbC_-" }] } });
    // A passkey's line is one by its name and by what it carries, or none at all.
    const lie = { ...envelope, signatures: [{ keyid: "AbC", sig: utf8("s"), webauthn }] };
    expect(parseEnvelope(utf8(writeEnvelope(lie))).ok).toBe(false);
  });

  test("another type, another key and a wrong signature are refused, an unknown key is named", async () => {
    const envelope = sealed("t", utf8("text"), statement, checkpoint);
    const known = [verifyKeyOf(statement.record)];
    expect(await verifyEnvelope(envelope, "t", known, check)).toMatchObject({
      ok: true,
      value: { unknown: [checkpoint.record.id] },
    });
    expect((await verifyEnvelope(envelope, "u", known, check)).ok).toBe(false);
    expect((await verifyEnvelope(envelope, "t", [verifyKeyOf(root.record)], check)).ok).toBe(false);
    expect((await verifyEnvelope({ ...envelope, payload: utf8("texT") }, "t", known, check)).ok).toBe(false);
  });

  test("no changed byte of an envelope passes where every signature has to count", async () => {
    const bytes = utf8(writeEnvelope(sealed("t", utf8("text"), statement)));
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [0x01, 0x04, 0x20]) {
        const read = parseEnvelope(bytes.map((byte, index) => (index === at ? byte ^ bit : byte)));
        if (!read.ok) continue;
        const verdict = await verifyEnvelope(read.value, "t", [verifyKeyOf(statement.record)], check);
        expect(verdict.ok && verdict.value.unknown.length === 0, `byte ${at} ^ ${bit}`).toBe(false);
      }
    }
  });
});

describe("the list of keys", () => {
  const document = writeKeySet(first);

  test("is signed by the root that it lists, and by nobody else", async () => {
    const good = await verifyKeySet(sealed(KEY_SET_TYPE, document, root), sha256, check);
    expect(good).toEqual({ ok: true, value: { set: first, root: root.record } });
    for (const keys of [[statement], [root, statement], [newKey("root")]]) {
      expect((await verifyKeySet(sealed(KEY_SET_TYPE, document, ...keys), sha256, check)).ok).toBe(false);
    }
    expect((await verifyKeySet(sealed(HAND_OVER_TYPE, document, root), sha256, check)).ok).toBe(false);
  });

  test.each<[string, Partial<KeySet>]>([
    ["a key with another id", { keys: [root.record, { ...statement.record, id: checkpoint.record.id }] }],
    ["a key twice", { keys: [root.record, statement.record, statement.record] }],
    ["two active keys of a purpose", { keys: [root.record, statement.record, newKey("statement").record] }],
    ["no root", { keys: [statement.record] }],
    ["an end before the beginning", { keys: [{ ...root.record, until: "2020-01-01T00:00:00.000Z" }] }],
    ["a day for an instant", { keys: [{ ...root.record, from: "2026-11-24" }] }],
    ["a key of a wrong length", { keys: [{ ...root.record, publicKey: "AAAA" }] }],
    ["a first list with one before it", { previous: "0".repeat(64) }],
    ["a later list without one", { number: 2 }],
    ["number 0", { number: 0 }],
  ])("%s is refused", (_what, change) => {
    expect(parseKeySet(document, sha256).ok).toBe(true);
    expect(parseKeySet(writeKeySet({ ...first, ...change }), sha256).ok).toBe(false);
  });

  test("the next list continues it, and takes nothing back", () => {
    const digest = keySetDigest(document, sha256);
    const retired: KeyRecord = { ...statement.record, state: "verify_only", until: "2027-01-01T00:00:00.000Z" };
    const fresh = newKey("statement").record;
    const second: KeySet = {
      ...first,
      number: 2,
      previous: digest,
      keys: [root.record, retired, checkpoint.record, fresh],
    };
    expect(problemOfSuccession(first, digest, second)).toBeNull();
    const third = { ...second, number: 3, previous: "a", keys: second.keys.slice(0, 3) };
    expect(problemOfSuccession(second, "a", third)).toContain("missing");
    expect(problemOfSuccession(first, digest, { ...second, number: 3 })).toContain("continue");
    expect(problemOfSuccession(first, "b", second)).toContain("continue");
    const back = { ...second, number: 3, previous: "a", keys: [root.record, statement.record, checkpoint.record] };
    expect(problemOfSuccession(second, "a", back)).toContain("earlier state");
    const gone = {
      ...second,
      keys: second.keys.map((key) => (key === retired ? { ...key, state: "destroyed" as const } : key)),
    };
    expect(problemOfSuccession(first, digest, gone)).toBeNull();
  });

  test("reading never throws, whatever the document says", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const bytes = utf8(writeCanonical(JSON.parse(json)) ?? json);
        expect(parseKeySet(bytes, sha256).ok).toBe(false);
        expect(parseHandOver(bytes, sha256).ok).toBe(false);
        expect(parseEnvelope(bytes).ok).toBe(false);
      }),
      { numRuns: 1_000, seed: 9 },
    );
  });
});

describe("a hand-over", () => {
  const next = newKey("statement");
  const document = writeHandOver({
    service: "s",
    purpose: "statement",
    from: statement.record.id,
    to: next.record.id,
    publicKey: next.record.publicKey,
    at: FROM.toISOString(),
  });
  const judge = (envelope: Envelope, service = "s") => verifyHandOver(envelope, service, first.keys, sha256, check);

  test("is signed by the old key and by the new one", async () => {
    expect(await judge(sealed(HAND_OVER_TYPE, document, statement, next))).toMatchObject({ ok: true });
    expect((await judge(sealed(HAND_OVER_TYPE, document, statement))).ok).toBe(false);
    expect((await judge(sealed(HAND_OVER_TYPE, document, next))).ok).toBe(false);
    expect((await judge(sealed(HAND_OVER_TYPE, document, statement, next, root))).ok).toBe(false);
    expect((await judge(sealed(HAND_OVER_TYPE, document, statement, next), "t")).ok).toBe(false);
  });

  test("from a key of another purpose is none", async () => {
    const crossed = writeHandOver({
      service: "s",
      purpose: "statement",
      from: checkpoint.record.id,
      to: next.record.id,
      publicKey: next.record.publicKey,
      at: FROM.toISOString(),
    });
    expect((await judge(sealed(HAND_OVER_TYPE, crossed, checkpoint, next))).ok).toBe(false);
  });
});

describe("the life of a key", () => {
  const days = (count: number, plus = 0) => new Date(FROM.getTime() + count * 86_400_000 + plus);

  test("warns in the last 30 days of its 365, and not before", () => {
    expect(standingOf(statement.record, days(334))).toEqual({ standing: "in_time", days: 31 });
    expect(standingOf(statement.record, days(335))).toEqual({ standing: "in_time", days: 30 });
    expect(standingOf(statement.record, days(335, 1))).toEqual({ standing: "ends_soon", days: 29 });
    expect(standingOf(statement.record, days(365)).standing).toBe("over");
    expect(standingOf(root.record, days(3_600)).standing).toBe("in_time");
  });

  test("goes forwards only", () => {
    expect(mayBecome("pre_active", "active")).toBe(true);
    expect(mayBecome("active", "verify_only")).toBe(true);
    expect(mayBecome("verify_only", "destroyed")).toBe(true);
    expect(mayBecome("verify_only", "active")).toBe(false);
    expect(mayBecome("destroyed", "verify_only")).toBe(false);
    expect(mayBecome("active", "destroyed")).toBe(false);
  });

  test("signs from its beginning to its end, give or take the clocks", () => {
    const retired: KeyRecord = { ...statement.record, state: "verify_only", until: days(10).toISOString() };
    expect(couldSignAt(retired, days(9).getTime())).toBe(true);
    expect(couldSignAt(retired, days(10, 4_000).getTime())).toBe(true);
    expect(couldSignAt(retired, days(10, 6_000).getTime())).toBe(false);
    expect(couldSignAt(retired, days(0, -6_000).getTime())).toBe(false);
    expect(couldSignAt({ ...retired, state: "pre_active" }, days(9).getTime())).toBe(false);
  });

  test("people compare its fingerprint in groups of four", () => {
    const shown = fingerprint(root.record.id);
    expect(shown).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
    expect(parseFingerprint(` ${shown.toUpperCase().replaceAll(" ", ":")} `)).toBe(root.record.id);
    expect(parseFingerprint(shown.slice(1))).toBeNull();
  });
});
