import { randomBytes } from "node:crypto";

/**
 * An API token as text: `cvt_`, 256 random bits as 43 characters of base 62, and their CRC-32 as six. Prefix and checksum
 * let scanners of source code tell one from chance; nothing of it says whose it is.
 */
const PREFIX = "cvt_";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SHAPE = /^cvt_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A new token. It is shown once, and only its SHA-256 is kept. */
export function newApiToken(): string {
  const secret = inBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43);
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/** Whether a text could be one of our tokens: its shape and checksum are right. */
export function isApiToken(text: string): boolean {
  const [, secret, sum] = SHAPE.exec(text) ?? [];
  return secret !== undefined && sum === checksum(secret);
}

function checksum(secret: string): string {
  return inBase62(BigInt(crc32(secret)), 6);
}

function inBase62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, "0");
}

/** CRC-32 as in zip and PNG (polynomial 0xEDB88320), of ASCII text. Node.js 20.19 has it, 22.0 has not. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
