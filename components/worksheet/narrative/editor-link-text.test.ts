import { type EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import { setLink } from "@/components/worksheet/narrative/editor-links";
import { toggle } from "@/components/worksheet/narrative/editor-plugins";
import { MARKS } from "@/components/worksheet/narrative/editor-schema";
import { done, pasted, pressed, stateOf, typed } from "@/components/worksheet/narrative/editor-shapes";

const HREF = "https://a.example/xyz";

/** Each run of text, with where it leads. */
function runs(state: EditorState): readonly string[] {
  const found: string[] = [];
  state.doc.descendants((node) => {
    if (node.isText)
      found.push(`${node.text}${node.marks.map((mark) => ` → ${mark.attrs.href ?? mark.type.name}`).join("")}`);
  });
  return found;
}

/** A text that is linked from its first to its second `|`. */
function linked(text: string, href: string): EditorState {
  const state = stateOf(text);
  const { from, to } = state.selection;
  return state.apply(state.tr.addMark(from, to, MARKS.link.create({ href })));
}

const at = (state: EditorState, from: number, to = from) =>
  state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));

const own = linked(`see |${HREF}| now`, HREF);
/** Before the `y`. */
const MIDDLE = 5 + HREF.length - 2;

describe("a link whose text is its address", () => {
  test("leads to what is typed or taken out in its middle", () => {
    expect(runs(typed(at(own, MIDDLE), "q"))).toEqual([
      "see ",
      "https://a.example/xqyz → https://a.example/xqyz",
      " now",
    ]);
    const shorter = at(own, MIDDLE, MIDDLE + 1);
    expect(runs(shorter.apply(shorter.tr.deleteSelection()))).toEqual([
      "see ",
      "https://a.example/xz → https://a.example/xz",
      " now",
    ]);
  });

  test("is all of what was put into its middle without a link", () => {
    const plain = own.tr.insert(MIDDLE, own.schema.text("plain"));
    expect(runs(own.apply(plain))).toEqual(["see ", "https://a.example/xplainyz → https://a.example/xplainyz", " now"]);
  });

  test("ends where a blank is typed into it, and goes along no further with Enter", () => {
    expect(runs(typed(at(own, MIDDLE), " "))).toEqual(["see ", "https://a.example/x → https://a.example/x", " yz now"]);
    expect(runs(pressed(at(own, MIDDLE), "Enter", { keyCode: 13 }))).toEqual([
      "see ",
      "https://a.example/x → https://a.example/x",
      "yz now",
    ]);
  });

  test("is none any more where its text is no address", () => {
    const cut = at(own, 5, 5 + "https://".length);
    expect(runs(cut.apply(cut.tr.deleteSelection()))[1]).toBe("a.example/xyz → https://a.example/xyz");
    const scheme = at(own, 5);
    expect(runs(scheme.apply(scheme.tr.delete(5, 6)))).toEqual(["see ttps://a.example/xyz now"]);
  });

  test("keeps what else marks it, and one undo takes all of it back", () => {
    const bold = done(at(own, 5, 10), toggle(MARKS.bold));
    const more = typed(at(bold, MIDDLE), "q");
    const href = "https://a.example/xqyz";
    expect(runs(more)).toEqual(["see ", `https → ${href} → bold`, `://a.example/xqyz → ${href}`, " now"]);
    expect(runs(pressed(more, "z", { ctrlKey: true }))).toEqual(runs(bold));
  });

  test("follows an address without a scheme as well", () => {
    const short = linked("|a.example/xyz|", "https://a.example/xyz");
    expect(runs(typed(at(short, 12), "q"))).toEqual(["a.example/xqyz → https://a.example/xqyz"]);
  });

  test("makes place for words that can be linked", () => {
    const all = at(own, 5, 5 + HREF.length);
    const words = all.apply(all.tr.insertText("The policy of 2026", 5, 5 + HREF.length));
    expect(runs(words)).toEqual(["see The policy of 2026 now"]);
    const policy = at(words, 9, 15);
    const set = policy.apply(setLink(policy, "https://b.example/x", ""));
    expect(runs(typed(set, "!"))).toEqual(["see The ", "policy → https://b.example/x", "! of 2026 now"]);
  });

  test("is one that a browser wrote with a slash behind the host as well", () => {
    const copied = linked("|https://a.example| now", "https://a.example/");
    expect(runs(typed(at(copied, 11), "q"))).toEqual(["https://a.qexample → https://a.qexample", " now"]);
    expect(runs(at(copied, 3).apply(setLink(at(copied, 3), "https://b.example", "b.example")))).toEqual([
      "b.example → https://b.example",
      " now",
    ]);
    const end = at(copied, 1 + "https://a.example".length);
    expect(runs(pressed(end, "Backspace", { keyCode: 8 }))).toEqual(["https://a.example now"]);
    expect(runs(typed(end, "/x "))).toEqual(["https://a.example/x → https://a.example/x", "  now"]);
  });

  test("gets the address as its text that the dialog gives it", () => {
    expect(runs(at(own, 7).apply(setLink(at(own, 7), "https://b.example", "b.example")))).toEqual([
      "see ",
      "b.example → https://b.example",
      " now",
    ]);
  });

  test.each([
    "https://wiki/runbook",
    "https://b.example/(x).",
    "https://b.example/now!",
    "https://b.example/`x`",
    "https://b.example/a|b",
  ])("leads to %s as the dialog gives it", (href) => {
    const set = at(own, 7).apply(setLink(at(own, 7), href, href));
    expect(runs(set)).toEqual(["see ", `${href} → ${href}`, " now"]);
    expect(runs(typed(set, " "))).toEqual(["see ", `${href} → ${href}`, "  now"]);
  });

  test("keeps a host of one word while it is corrected", () => {
    const ticket = linked("see |https://jira/browse/A-1| now", "https://jira/browse/A-1");
    const corrected = "https://jira/browse/AB-1";
    expect(runs(typed(at(ticket, 26), "B"))).toEqual(["see ", `${corrected} → ${corrected}`, " now"]);
    const scheme = ticket.apply(ticket.tr.delete(5, 6));
    expect(runs(scheme)).toEqual(["see ttps://jira/browse/A-1 now"]);
  });

  test("waits until a word is composed", () => {
    const composed = own.apply(own.tr.insertText("é", MIDDLE).setMeta("composition", 1));
    expect(runs(composed)[1]).toBe(`https://a.example/xéyz → ${HREF}`);
    expect(runs(composed.apply(composed.tr))[1]).toBe("https://a.example/xéyz → https://a.example/xéyz");
  });
});

test("a link with words for its text leads where it led, whatever is done to them", () => {
  const named = linked("see |the policy| now", HREF);
  expect(runs(typed(at(named, 8), "q"))).toEqual(["see ", `theq policy → ${HREF}`, " now"]);
  expect(runs(typed(at(own, 1), "q"))).toEqual(["qsee ", `${HREF} → ${HREF}`, " now"]);
});

test("code that is pasted into an address is no part of it", () => {
  const clipboard = { "text/plain": "kms", "vscode-editor-data": '{"mode":"python"}' };
  const state = pasted(at(own, MIDDLE), clipboard);
  expect(state && runs(state).some((run) => run.includes(` → ${HREF}`))).toBe(false);
});
