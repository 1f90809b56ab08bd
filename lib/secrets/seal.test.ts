import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decrypt, encrypt } from "@/lib/secrets/cipher";
import type { SecretPlace } from "@/lib/secrets/place";
import { keysOfSealed, sealText, unsealText } from "@/lib/secrets/seal";
import { SealBroken } from "@/lib/secrets/seal-broken";

const newKey = () => createSecretKey(randomBytes(32));
const key = newKey();
const runs = { numRuns: 500, seed: 7 };

const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,24}$/);
const keysOf = fc.record({ kekId: ids, dataKeyId: ids });
const part = fc.string({ unit: "binary", maxLength: 12 });
const places: fc.Arbitrary<SecretPlace> = fc.record({
  table: part,
  column: part,
  row: part,
  organisationId: fc.option(part),
});
const texts = fc.string({ unit: "grapheme", maxLength: 60 });
const breaks = (open: () => unknown) => expect(open).toThrow(SealBroken);

describe("a sealed text", () => {
  test("opens to what was sealed, and names its keys", () => {
    fc.assert(
      fc.property(keysOf, places, texts, (keys, place, text) => {
        const sealed = sealText(key, keys, place, text);
        expect(unsealText(key, place, sealed)).toBe(text);
        expect(keysOfSealed(sealed)).toEqual(keys);
      }),
      runs,
    );
  });

  test("does not open when any character is another one", () => {
    const other = fc.constantFrom(..."ABab01-_.=+ /\u0000é");
    fc.assert(
      fc.property(keysOf, places, texts, fc.nat(), other, (keys, place, text, at, character) => {
        const sealed = sealText(key, keys, place, text);
        const index = at % sealed.length;
        fc.pre(sealed[index] !== character);
        breaks(() => unsealText(key, place, sealed.slice(0, index) + character + sealed.slice(index + 1)));
      }),
      { ...runs, numRuns: 2_000 },
    );
  });

  test("does not open when any bit of nonce, ciphertext or tag is another one", () => {
    const place = { table: "t", column: "c", row: "r", organisationId: null };
    const parts = sealText(key, { kekId: "k", dataKeyId: "d" }, place, "JBSWY3DPEHPK3PXP").split(".");
    for (const which of [3, 4, 5]) {
      const bytes = Buffer.from(parts[which] ?? "", "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const changed = parts.map((text, index) => (index === which ? flipped.toString("base64url") : text));
        breaks(() => unsealText(key, place, changed.join(".")));
      }
    }
  });

  test("does not open when it is cut, lengthened or has parts exchanged", () => {
    fc.assert(
      fc.property(keysOf, places, texts, fc.nat(), (keys, place, text, at) => {
        const sealed = sealText(key, keys, place, text);
        breaks(() => unsealText(key, place, sealed.slice(0, at % sealed.length)));
        breaks(() => unsealText(key, place, `${sealed}.`));
        breaks(() => unsealText(key, place, `${sealed}A`));
        const [iv, ciphertext, tag] = sealed.split(".").slice(3);
        breaks(() => unsealText(key, place, ["v1", keys.kekId, keys.dataKeyId, tag, ciphertext, iv].join(".")));
      }),
      runs,
    );
  });

  test("does not open at any other place, whatever the parts run together to", () => {
    fc.assert(
      fc.property(keysOf, places, places, texts, (keys, place, other, text) => {
        fc.pre(JSON.stringify(place) !== JSON.stringify(other));
        breaks(() => unsealText(key, other, sealText(key, keys, place, text)));
      }),
      runs,
    );
    const place = { table: "ab", column: "c", row: "1", organisationId: "o" };
    const sealed = sealText(key, { kekId: "k", dataKeyId: "d" }, place, "x");
    breaks(() => unsealText(key, { ...place, table: "a", column: "bc" }, sealed));
    breaks(() => unsealText(key, { ...place, row: '1","o', organisationId: null }, sealed));
  });

  test("does not open under another key", () => {
    const place = { table: "t", column: "c", row: "r", organisationId: null };
    breaks(() => unsealText(newKey(), place, sealText(key, { kekId: "k", dataKeyId: "d" }, place, "x")));
  });

  test("is never made of a text that would come back as another one", () => {
    const place = { table: "t", column: "c", row: "r", organisationId: null };
    expect(() => sealText(key, { kekId: "k", dataKeyId: "d" }, place, "a\ud800b")).toThrow(RangeError);
  });
});

test("a shortened tag is refused before anything is decrypted", () => {
  const [iv, ciphertext, tag = ""] = encrypt(key, ["a"], Buffer.from("x")).split(".");
  const short = Buffer.from(tag, "base64url").subarray(0, 4).toString("base64url");
  breaks(() => decrypt(key, ["a"], [iv, ciphertext, short].join(".")));
});
