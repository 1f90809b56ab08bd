import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, textOf, utf8 } from "@/lib/domain/proof/bytes";
import { originOf, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { noteKeyId, noteVerifierKey, parseNote, verifyNote, writeNote } from "@/lib/domain/proof/note";
import type { CheckSignature } from "@/lib/domain/proof/signature";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const check: CheckSignature = ({ publicKey }, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
  return verify(null, message, key, signature);
};
const raw = (key: ReturnType<typeof createPublicKey>) =>
  new Uint8Array(key.export({ format: "der", type: "spki" }).subarray(-32));

// The vector of the format's first implementation (golang.org/x/mod/sumdb/note), which C2SP's document takes over.
const PETER = {
  name: "PeterNeumann",
  publicKey: (fromBase64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") as Uint8Array).slice(1),
};
const SEED = (fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz") as Uint8Array).slice(1);
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const LINE =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const NOTE = `${TEXT}\n${LINE}`;

async function open(text: string, keys = [PETER]) {
  const note = parseNote(utf8(text));
  return note.ok ? verifyNote(note.value, keys, sha256, check) : note;
}

describe("signed notes", () => {
  test("the known note verifies, and signing its text with its key gives the same bytes", async () => {
    expect(await open(NOTE)).toEqual({ ok: true, value: [PETER] });
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, SEED]), format: "der", type: "pkcs8" });
    const signature = new Uint8Array(sign(null, utf8(TEXT), key));
    expect(writeNote(TEXT, [{ name: PETER.name, keyId: noteKeyId(PETER, sha256), signature }])).toBe(NOTE);
    expect(noteVerifierKey(PETER, sha256)).toBe("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  });

  test("lines of keys that nobody knows say nothing, a wrong line of a known key refuses the note", async () => {
    const other = LINE.replace("PeterNeumann", "EnochRoot");
    expect((await open(`${NOTE}${other}`)).ok).toBe(true);
    expect(await open(`${TEXT}\n${other}`)).toEqual({ ok: false, error: "no known key has signed it" });
    const wrong = LINE.replace("nAM=", "nQM=");
    expect((await open(`${NOTE}${wrong}`)).ok).toBe(false);
    // The same name with another key id is another key.
    expect(await open(`${TEXT}\n${LINE.replace("x08go", "y08go")}`)).toMatchObject({ ok: false });
    expect((await open(NOTE, [{ ...PETER, publicKey: sha256(PETER.publicKey) }])).ok).toBe(false);
  });

  test.each([
    ["no signature line", TEXT],
    ["no empty line", `${TEXT}${LINE}`],
    ["nothing behind the empty line", `${TEXT}\n`],
    ["no newline at the end", NOTE.slice(0, -1)],
    ["a hyphen for the dash", NOTE.replace("—", "-")],
    ["two blanks", NOTE.replace("— P", "—  P")],
    ["a blank at the end of the line", NOTE.replace("nAM=\n", "nAM= \n")],
    ["a plus in the name", NOTE.replace("PeterNeumann", "Peter+Neumann")],
    ["no name", NOTE.replace("PeterNeumann ", "")],
    ["base64 without its padding", NOTE.replace("nAM=", "nAM")],
    ["base64 with other unused bits", NOTE.replace("nAM=", "nAN=")],
    ["a signature without bytes", `${TEXT}\n— PeterNeumann x08goA==\n`],
    ["a carriage return", NOTE.replace("\n", "\r\n")],
    ["a control character", NOTE.replace("If", "I\u0001f")],
    ["too many lines", `${TEXT}\n${LINE.repeat(17)}`],
    ["a text without end", `${"x".repeat(70_000)}\n${NOTE}`],
  ])("%s is no note", (_what, text) => {
    expect(parseNote(utf8(text)).ok).toBe(false);
  });

  test("bytes that are no UTF-8 are no note", () => {
    const bytes = utf8(NOTE);
    bytes[3] = 0xff;
    expect(parseNote(bytes).ok).toBe(false);
  });

  test("no changed byte of a note passes", async () => {
    const bytes = utf8(NOTE);
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const note = parseNote(bytes.map((byte, index) => (index === at ? byte ^ bit : byte)));
        expect(note.ok && (await verifyNote(note.value, [PETER], sha256, check)).ok, `byte ${at} ^ ${bit}`).toBe(false);
      }
    }
  });

  test("reading never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "binary" }).map(utf8)), (bytes) => {
        expect(parseNote(bytes).ok && textOf(bytes) === null).toBe(false);
        expect(parseCheckpoint(bytes)).toHaveProperty("ok");
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });
});

describe("checkpoints", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = { id: "a", publicKey: raw(publicKey) };
  const origin = originOf("5c0e…".replace("…", "0"), "org:1");
  const make = (size: number) =>
    signCheckpoint(
      { origin, size, root: sha256(utf8("root")) },
      key.publicKey,
      (message) => new Uint8Array(sign(null, message, privateKey)),
      sha256,
    );

  test("one that is signed says its size and root, and by which key", async () => {
    const text = await make(42);
    const [first, second] = text.split("\n");
    expect([first, second]).toEqual([origin, "42"]);
    const verdict = await verifyCheckpoint(utf8(text), origin, [key], sha256, check);
    expect(verdict).toEqual({ ok: true, value: { origin, size: 42, root: sha256(utf8("root")), signedBy: key } });
  });

  test("that of another chain, another key or another size is refused", async () => {
    const text = await make(42);
    const refused = async (note: string, name = origin, keys = [key]) =>
      expect((await verifyCheckpoint(utf8(note), name, keys, sha256, check)).ok).toBe(false);
    await refused(text, `${origin}2`);
    await refused(text, origin, [{ id: "b", publicKey: sha256(key.publicKey) }]);
    await refused(text.replace("\n42\n", "\n43\n"));
    await refused(text.replace("\n42\n", "\n042\n"));
    await refused(text.replace("\n42\n", "\n4e1\n"));
    await refused(text.replace("\n42\n", "\n9007199254740993\n"));
    await refused(text.replace("\n\n", "\nmore\n\n"));
  });
});
