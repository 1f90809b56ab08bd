import { AllSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { MARKS } from "@/components/worksheet/narrative/editor-schema";
import { pasted, type Shape, shown, stateOf, typed } from "@/components/worksheet/narrative/editor-shapes";

const CODE = 'resource "aws_kms_key" "pan" {\r\n  enable_key_rotation = true\r\n}\r\n';
const BLOCK = 'resource "aws_kms_key" "pan" {\n  enable_key_rotation = true\n}';
const fromCode = (text: string, mode = "terraform") => ({
  "text/plain": text,
  "vscode-editor-data": JSON.stringify({ version: 1, mode }),
});

test.each<readonly [string, readonly Shape[], readonly Shape[]]>([
  ["an empty line", ["|"], [["pre", `${BLOCK}|`]]],
  ["the end of a line", ["a|"], ["a", ["pre", `${BLOCK}|`]]],
  ["a line", ["a|b"], ["a", ["pre", `${BLOCK}|`], "b"]],
  ["a selection", ["|a|", "b"], [["pre", `${BLOCK}|`], "b"]],
  ["an empty item", [["ul", ["li", "|"]]], [["ul", ["li", ["pre", `${BLOCK}|`]]]]],
  ["an item", [["ul", ["li", "a|"]]], [["ul", ["li", "a", ["pre", `${BLOCK}|`]]]]],
])("lines from VS Code become a code block in %s", (_where, before, after) => {
  const state = pasted(stateOf(...before), fromCode(CODE));
  state?.doc.check();
  expect(state && shown(state)).toEqual(after);
});

test("all of the text gives way to it", () => {
  const state = stateOf("a", "b");
  const all = state.apply(state.tr.setSelection(new AllSelection(state.doc)));
  const after = pasted(all, fromCode(CODE));
  expect(after && shown(after)).toEqual([["pre", `${BLOCK}|`]]);
});

test("a piece of a line is inline code in a text, and what is typed behind it is none", () => {
  const state = pasted(stateOf("see | there"), fromCode("kms:Decrypt"));
  const more = state && typed(state, "!");
  expect(more && shown(more)).toEqual(["see kms:Decrypt!| there"]);
  expect(more?.doc.rangeHasMark(5, 16, MARKS.code)).toBe(true);
  expect(more?.doc.rangeHasMark(16, 17, MARKS.code)).toBe(false);
});

test.each([
  ["a text", stateOf("|"), fromCode("# Title\n\nText", "markdown")],
  ["what another program copied", stateOf("|"), { "text/plain": CODE }],
  ["data that is none", stateOf("|"), { "text/plain": CODE, "vscode-editor-data": "{" }],
  ["nothing", stateOf("|"), fromCode("")],
  ["code within a code block", stateOf(["pre", "a|"]), fromCode(CODE)],
])("%s is pasted as ever", (_what, state, clipboard) => {
  expect(pasted(state, clipboard)).toBeNull();
});
