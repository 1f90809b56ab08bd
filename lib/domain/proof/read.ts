import { isCalendarDay } from "@/lib/domain/dates";
import { fromBase64 } from "./bytes";
import { instantOf, type Json } from "./canonical";
import { isOneOf } from "./keys";

/** Reads one value of a signed document, or says that it is not of that form. Nothing is converted or left out. */
export type Reader<T> = (value: Json) => T | undefined;

/** What a reader gives. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** Longer than any text of our documents; narratives are in files of their own. */
const LONGEST_TEXT = 20_000;

/** Any text. */
export const text: Reader<string> = (value) =>
  typeof value === "string" && value.length <= LONGEST_TEXT ? value : undefined;

/** A text with something in it. */
export const someText: Reader<string> = (value) => text(value) || undefined;

/** A text of a form. */
export function matching(form: RegExp): Reader<string> {
  return (value) => (typeof value === "string" && form.test(value) ? value : undefined);
}

/** A SHA-256 in lower-case hex. */
export const digest = matching(/^[0-9a-f]{64}$/);

/** A UUID in lower case. */
export const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** A calendar day. */
export const day: Reader<string> = (value) => (typeof value === "string" && isCalendarDay(value) ? value : undefined);

/** A point in time, as text. */
export const instant: Reader<string> = (value) =>
  typeof value === "string" && instantOf(value) !== null ? value : undefined;

/** A whole number from 0. */
export const count: Reader<number> = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0) ? value : undefined;

/** 32 bytes in base64. */
export const hash: Reader<Uint8Array> = (value) => {
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  return bytes?.length === 32 ? bytes : undefined;
};

/** One of a closed list of words. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value) => (isOneOf(words, value) ? value : undefined);
}

/** What a reader reads, or null. */
export function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : read(value));
}

/** A list. */
export function listOf<T>(read: Reader<T>, most = 100_000): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return undefined;
    const items = value.map((item: Json) => read(item));
    return items.every((item) => item !== undefined) ? items : undefined;
  };
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Members<S> = { readonly [K in keyof S]: Read<S[K]> };

/** An object with exactly these members, beside some that may be absent. */
export function record<S extends Shape, O extends Shape = Record<never, never>>(
  shape: S,
  optional?: O,
): Reader<Members<S> & Partial<Members<O>>> {
  const known: Shape = { ...shape, ...optional };
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const given = value as { readonly [key: string]: Json };
    const names = Object.keys(given);
    const isWhole = Object.keys(shape).every((name) => Object.hasOwn(given, name));
    if (!isWhole || names.some((name) => !Object.hasOwn(known, name))) return undefined;
    const members = names.map((name) => [name, known[name]?.(given[name] as Json)] as const);
    if (members.some(([, member]) => member === undefined)) return undefined;
    return Object.fromEntries(members) as Members<S> & Partial<Members<O>>;
  };
}
