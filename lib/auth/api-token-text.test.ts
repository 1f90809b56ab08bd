import { crc32 } from "node:zlib";
import { expect, it } from "vitest";
import { isApiToken, newApiToken } from "@/lib/auth/api-token-text";

it("makes tokens that nobody guesses and scanners know by prefix and checksum", () => {
  const tokens = Array.from({ length: 200 }, newApiToken);
  expect(new Set(tokens).size).toBe(200);
  for (const token of tokens) {
    expect(token).toMatch(/^cvt_[0-9A-Za-z]{49}$/);
    expect(isApiToken(token)).toBe(true);
  }
});

it("takes no text whose checksum is of another secret", () => {
  const token = newApiToken();
  const secret = token.slice(4, 47);
  const value = [...token.slice(47)].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0);
  // The checksum is the CRC-32 that everybody has, so that a scanner can be told of it.
  expect(value).toBe(crc32(secret));
  for (let at = 4; at < token.length; at += 1) {
    const other = token.charAt(at) === "x" ? "y" : "x";
    expect(isApiToken(token.slice(0, at) + other + token.slice(at + 1)), String(at)).toBe(false);
  }
  for (const text of ["", "cvt_", token.slice(0, -1), `${token}0`, token.toLowerCase(), ` ${token}`]) {
    expect(isApiToken(text)).toBe(false);
  }
});

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
