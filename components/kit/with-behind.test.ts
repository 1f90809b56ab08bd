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
