import { expect, it } from "vitest";
import { withBehind } from "./with-behind";

const page = (text: string, nextCursor: string | null = null) => ({ items: text.split(""), nextCursor });
const keyOf = (item: string) => item.toLowerCase();

it("shows a first page as it is until older ones were asked for", () => {
  expect(withBehind(page("ab", "b"), null, keyOf)).toEqual(page("ab", "b"));
  expect(withBehind(page("ab", "b"), page("abcd", "d"), keyOf)).toEqual(page("abcd", "d"));
});

it("shows a first page that was read anew, each item once and as it is now", () => {
  expect(withBehind(page("xAb", "b"), page("abcd"), keyOf)).toEqual(page("xAbcd"));
});

it("begins anew where something may lie between both", () => {
  expect(withBehind(page("xyz", "z"), page("abcd"), keyOf)).toEqual(page("xyz", "z"));
  expect(withBehind(page(""), page("abcd", "d"), keyOf)).toEqual(page(""));
});

it("leaves out what has left the list, wherever it stood", () => {
  expect(withBehind(page("bcde", "e"), page("abcdefgh", "h"), keyOf)).toEqual(page("bcdefgh", "h"));
  expect(withBehind(page("acde", "e"), page("abcdefgh", "h"), keyOf)).toEqual(page("acdefgh", "h"));
  expect(withBehind(page("b"), page("abcdefgh", "h"), keyOf)).toEqual(page("b"));
});

it("shows an item that moved up once, and what came among the others in its place", () => {
  expect(withBehind(page("gab", "b"), page("abcdefgh", "h"), keyOf)).toEqual(page("gabcdefh", "h"));
  expect(withBehind(page("axb", "b"), page("abcd"), keyOf)).toEqual(page("axbcd"));
  expect(withBehind(page("abx", "x"), page("abcd"), keyOf)).toEqual(page("abx", "x"));
});

it("goes on from where the first page ends by now where nothing is known behind it", () => {
  expect(withBehind(page("abcd", "d"), page("abcd"), keyOf)).toEqual(page("abcd", "d"));
});
