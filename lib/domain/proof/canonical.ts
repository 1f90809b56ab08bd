import { err, ok, type Result } from "@/lib/domain/result";
import { textOf } from "./bytes";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than any document of ours; a hostile one must not exhaust the stack. */
const DEPTH = 32;

/**
 * Canonical JSON (RFC 8785): keys sorted by UTF-16 units, no blanks, numbers and strings as ECMAScript writes them.
 * @returns null for what has no such form: a lone surrogate, a number that is not finite, nesting without end
 */
export function writeCanonical(value: Json, depth = 0): string | null {
  if (typeof value === "string") return value.isWellFormed() ? JSON.stringify(value) : null;
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : null;
  if (value === null || typeof value === "boolean") return String(value);
  if (depth >= DEPTH) return null;
  const parts = Array.isArray(value) ? listItems(value, depth) : members(value as { [key: string]: Json }, depth);
  if (parts.some((part) => part === null)) return null;
  return Array.isArray(value) ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

function listItems(list: readonly Json[], depth: number): (string | null)[] {
  return list.map((item) => writeCanonical(item, depth + 1));
}

function members(object: { readonly [key: string]: Json }, depth: number): (string | null)[] {
  return Object.keys(object)
    .sort()
    .map((key) => {
      const name = writeCanonical(key);
      const value = writeCanonical(object[key] as Json, depth + 1);
      return name === null || value === null ? null : `${name}:${value}`;
    });
}

/**
 * Reads JSON only in its canonical form, so that one meaning has one text: no repeated keys, no blanks, no other
 * spelling of a string.
 */
export function parseCanonical(bytes: Uint8Array): Result<Json, string> {
  const text = textOf(bytes);
  if (text === null) return err("it is not UTF-8");
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return err("it is not JSON");
  }
  return writeCanonical(value) === text ? ok(value) : err("it is not canonical JSON");
}

/** The value as an object with exactly these keys, or null. */
export function objectWith<K extends string>(value: Json | undefined, ...keys: readonly K[]): Record<K, Json> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const found = Object.keys(value);
  const all = found.length === keys.length && keys.every((key) => Object.hasOwn(value, key));
  return all ? (value as Record<K, Json>) : null;
}

/** A point in time as documents write it, in milliseconds: `2026-11-24T12:00:00.000Z` and no other spelling. */
export function instantOf(value: Json): number | null {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) || new Date(time).toISOString() !== value ? null : time;
}
