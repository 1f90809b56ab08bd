import type { Slice } from "prosemirror-model";
import { AllSelection, type EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import * as blocks from "@/components/worksheet/narrative/editor-blocks";
import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import { autoLink, linkAt, removeLink, setLink } from "@/components/worksheet/narrative/editor-links";
import * as lists from "@/components/worksheet/narrative/editor-lists";
import { toggle } from "@/components/worksheet/narrative/editor-plugins";
import { MARKS, NODES } from "@/components/worksheet/narrative/editor-schema";
import { done, pressed, type Shape, shown, stateOf, typed } from "@/components/worksheet/narrative/editor-shapes";
import { findAddresses } from "@/components/worksheet/narrative/find-addresses";
import { toNarrative } from "@/components/worksheet/narrative/to-narrative";
import { cpuTime } from "@/test/cpu-time";

const bullets = lists.toggleList(NODES.bulletList);
const numbers = lists.toggleList(NODES.orderedList);

describe("lists", () => {
  test("paragraphs become items, and join the list before them", () => {
    expect(shown(done(stateOf("a|", "b"), bullets))).toEqual([["ul", ["li", "a|"]], "b"]);
    expect(shown(done(stateOf(["ul", ["li", "a"]], "b|"), bullets))).toEqual([["ul", ["li", "a"], ["li", "b|"]]]);
  });

  test("a list becomes one of the other kind, and plain text again", () => {
    const list = stateOf(["ul", ["li", "a|"], ["li", "b"]]);
    expect(shown(done(list, numbers))).toEqual([["ol", ["li", "a|"], ["li", "b"]]]);
    expect(shown(done(list, bullets))).toEqual(["a|", ["ul", ["li", "b"]]]);
  });

  test("all that is selected becomes a list and is one no longer", () => {
    const all = (state: EditorState) => state.apply(state.tr.setSelection(new AllSelection(state.doc)));
    const list = done(all(stateOf("a", "b")), bullets);
    expect(shown(list)).toEqual([["ul", ["li", "a"], ["li", "b"]]]);
    expect(shown(done(all(list), bullets))).toEqual(["a", "b"]);
  });

  test("typing a dash or a number begins one; what looks like Markdown otherwise stays", () => {
    expect(shown(typed(stateOf("|"), "- a"))).toEqual([["ul", ["li", "a|"]]]);
    expect(toNarrative(typed(stateOf("|"), "7. a").doc.toJSON() as EditorNode).content[0]).toMatchObject({
      type: "orderedList",
      attrs: { start: 7 },
    });
    expect(shown(typed(stateOf("|"), "**a** __init__ `b` # c "))).toEqual(["**a** __init__ `b` # c |"]);
  });

  test("Enter makes the next item, Tab and Shift-Tab change its level", () => {
    const two = done(stateOf(["ul", ["li", "a|"]]), lists.splitItem);
    expect(shown(two)).toEqual([["ul", ["li", "a"], ["li", "|"]]]);
    const inner = done(two, lists.sinkItem);
    expect(shown(inner)).toEqual([["ul", ["li", "a", ["ul", ["li", "|"]]]]]);
    expect(shown(done(inner, lists.liftItem))).toEqual(shown(two));
  });

  test("Backspace leaves a list, and goes on in the line above it", () => {
    expect(shown(done(stateOf(["ul", ["li", "|a"]]), lists.backspaceInList))).toEqual(["|a"]);
    expect(shown(done(stateOf(["ul", ["li", "a"]], "|b"), lists.backspaceInList))).toEqual([["ul", ["li", "a|b"]]]);
  });

  test("Delete brings up the text of the next item, also of a deeper one", () => {
    expect(shown(done(stateOf(["ul", ["li", "a|"], ["li", "b"]]), lists.deleteInList))).toEqual([
      ["ul", ["li", "a|b"]],
    ]);
    const deeper = stateOf(["ul", ["li", "a|", ["ul", ["li", "b"], ["li", "c"]]]]);
    expect(shown(done(deeper, lists.deleteInList))).toEqual([["ul", ["li", "a|b", ["ul", ["li", "c"]]]]]);
  });
});

describe("code blocks", () => {
  test("a fence makes one, by a blank or by Enter", () => {
    expect(shown(typed(stateOf("|"), "```json x"))).toEqual([["pre", "x|"]]);
    expect(shown(done(stateOf("```|"), blocks.codeByFence))).toEqual([["pre", "|"]]);
  });

  test("lines stay lines when it becomes a paragraph", () => {
    expect(shown(done(stateOf(["pre", "a|\nb"]), blocks.toggleCodeBlock))).toEqual(["a|¶b"]);
  });

  test("is left by a third Enter, and by the arrows at its ends", () => {
    expect(shown(done(stateOf(["pre", "a\n\n|"]), blocks.leaveCodeByEnter))).toEqual([["pre", "a"], "|"]);
    expect(shown(done(stateOf(["pre", "a|"]), blocks.leaveCodeDown))).toEqual([["pre", "a"], "|"]);
    expect(shown(done(stateOf(["pre", "|a"]), blocks.leaveCodeUp))).toEqual(["|", ["pre", "a"]]);
    expect(shown(done(stateOf("x", ["pre", "|"]), blocks.backspaceInCode))).toEqual(["x", "|"]);
  });
});

describe("tables", () => {
  const table = done(stateOf("|"), blocks.insertTable);

  test("come with a header row, and the cursor in the first cell", () => {
    const row = (kind: string, first = "") => ["tableRow", [kind, first], [kind, ""], [kind, ""]];
    expect(shown(table)[0]).toEqual(["table", row("tableHeader", "|"), row("tableCell"), row("tableCell")]);
    expect(blocks.inTable(table)).toBe(true);
  });

  test("are as wide as the server takes them with 20 columns", () => {
    const wide = (columns: number) => {
      const cells = Array.from({ length: columns }, (_, n): Shape => ["tableCell", n === 0 ? "|" : ""]);
      return blocks.isWidest(stateOf(["table", ["tableRow", ...cells]]));
    };
    expect([wide(19), wide(20), blocks.isWidest(stateOf("|"))]).toEqual([false, true, false]);
  });

  test("are not put into a list", () => {
    const made = done(stateOf(["ul", ["li", "a|"]]), blocks.insertTable);
    made.doc.check();
    expect(made.doc.childCount).toBeGreaterThan(1);
  });
});

describe("marks", () => {
  test("all of the selection gets one where a part has it, and loses it where all has", () => {
    const part = done(stateOf("|a|b"), toggle(MARKS.bold));
    const whole = part.apply(part.tr.setSelection(TextSelection.create(part.doc, 1, 3)));
    expect(blocks.hasMark(whole, MARKS.bold)).toBe(false);
    const bold = done(whole, toggle(MARKS.bold));
    expect(blocks.hasMark(bold, MARKS.bold)).toBe(true);
    expect(blocks.hasMark(done(bold, toggle(MARKS.bold)), MARKS.bold)).toBe(false);
  });
});

describe("marks over blanks and code", () => {
  test("are shown as set where the command could set no more", () => {
    const bold = done(stateOf("|a| b", ["pre", "code"]), toggle(MARKS.bold));
    const blank = bold.apply(bold.tr.setSelection(TextSelection.create(bold.doc, 1, 3)));
    expect(blocks.hasMark(blank, MARKS.bold)).toBe(true);
    const all = bold.apply(bold.tr.setSelection(new AllSelection(bold.doc)));
    expect(blocks.hasMark(all, MARKS.bold)).toBe(false);
    expect(blocks.hasMark(done(all, toggle(MARKS.bold)), MARKS.bold)).toBe(true);
  });
});

describe("keys", () => {
  test("undo undoes with Caps Lock too, and Shift redoes", () => {
    const written = typed(stateOf("a|"), "b");
    const undone = pressed(written, "Z", { ctrlKey: true });
    // With it the sign comes back that stood for the cursor.
    expect(undone.doc.textContent).toBe("a|");
    expect(pressed(undone, "Z", { ctrlKey: true, shiftKey: true }).doc.textContent).toBe("ab");
  });

  test("a new line goes on in bold, and not in the link", () => {
    const bold = done(stateOf("|a|"), toggle(MARKS.bold));
    const end = bold.apply(bold.tr.setSelection(TextSelection.create(bold.doc, 2)));
    const more = typed(pressed(end, "Enter", { keyCode: 13 }), "b");
    expect(shown(more)).toEqual(["a", "b|"]);
    expect(more.doc.rangeHasMark(4, 5, MARKS.bold)).toBe(true);
    const linked = stateOf("|abc|");
    const link = linked.apply(linked.tr.addMark(1, 4, MARKS.link.create({ href: "https://a.example/" })));
    const within = link.apply(link.tr.setSelection(TextSelection.create(link.doc, 3)));
    const split = typed(pressed(within, "Enter", { keyCode: 13 }), "x");
    expect(split.doc.rangeHasMark(5, 6, MARKS.link)).toBe(false);
  });

  test("a new item goes on in bold, and not in the link", () => {
    const item = stateOf(["ul", ["li", "|abc|"]]);
    const { from, to } = item.selection;
    const marks = item.tr.addMark(from, to, MARKS.link.create({ href: "https://a.example/" }));
    const link = item.apply(marks.addMark(from, to, MARKS.bold.create()));
    const within = link.apply(link.tr.setSelection(TextSelection.create(link.doc, to - 1)));
    const split = typed(pressed(within, "Enter", { keyCode: 13 }), "x");
    expect(shown(split)).toEqual([["ul", ["li", "ab"], ["li", "x|c"]]]);
    const at = split.selection.from;
    expect(split.doc.rangeHasMark(at - 1, at, MARKS.link)).toBe(false);
    expect(split.doc.rangeHasMark(at - 1, at, MARKS.bold)).toBe(true);
  });

  test("an arrow leaves inline code at its end and where a line begins with it, and moves on elsewhere", () => {
    const codeOf = (state: EditorState) => {
      const found: string[] = [];
      state.doc.descendants((node) => void (MARKS.code.isInSet(node.marks) && found.push(node.text ?? "")));
      return found;
    };
    const code = done(stateOf("|ab|"), toggle(MARKS.code));
    const at = (place: number) => code.apply(code.tr.setSelection(TextSelection.create(code.doc, place)));
    expect(codeOf(typed(at(3), "x"))).toEqual(["abx"]);
    expect(codeOf(typed(pressed(at(3), "ArrowRight", { keyCode: 39 }), "x"))).toEqual(["ab"]);
    expect(codeOf(typed(pressed(at(2), "ArrowRight", { keyCode: 39 }), "x"))).toEqual(["axb"]);
    expect(codeOf(typed(pressed(at(1), "ArrowLeft", { keyCode: 37 }), "x"))).toEqual(["ab"]);
    const within = done(stateOf("|ab| c"), toggle(MARKS.code));
    const end = within.apply(within.tr.setSelection(TextSelection.create(within.doc, 3)));
    expect(codeOf(typed(pressed(end, "ArrowRight", { keyCode: 39 }), "x"))).toEqual(["ab"]);
    const begun = done(stateOf("|"), toggle(MARKS.code));
    expect(codeOf(typed(pressed(begun, "ArrowRight", { keyCode: 39 }), "x"))).toEqual([]);
  });
});

describe("links", () => {
  const href = "https://a.example/x";

  test("are set on what is selected, changed as a whole and removed as a whole", () => {
    const selected = stateOf("see |this page| now");
    const linked = selected.apply(setLink(selected, href, ""));
    expect(typed(linked, "!").doc.textContent).toBe("see this page! now");
    const bold = linked.apply(linked.tr.addMark(5, 9, MARKS.bold.create()));
    const within = bold.apply(bold.tr.setSelection(TextSelection.create(bold.doc, 11)));
    expect(linkAt(within)).toBe(href);
    const changed = within.apply(setLink(within, "https://b.example/", ""));
    expect(changed.doc.textBetween(5, 14)).toBe("this page");
    expect(changed.doc.rangeHasMark(5, 6, MARKS.link.create({ href: "https://b.example/" }).type)).toBe(true);
    expect(linkAt(changed.apply(changed.tr.setSelection(TextSelection.create(changed.doc, 6))))).toBe(
      "https://b.example/",
    );
    expect(changed.apply(removeLink(changed)).doc.rangeHasMark(1, 18, MARKS.link)).toBe(false);
  });

  test("where nothing is selected the address is written, and what follows is not linked", () => {
    const empty = stateOf("see |");
    const linked = empty.apply(setLink(empty, href, "a.example/x"));
    const more = typed(linked, " now");
    expect(more.doc.textContent).toBe("see a.example/x now");
    expect(more.doc.rangeHasMark(16, 20, MARKS.link)).toBe(false);
  });

  test("come with an address that is typed, once a blank follows, and not within code", () => {
    const links = (state: EditorState) => state.doc.rangeHasMark(1, state.doc.content.size, MARKS.link);
    expect(links(typed(stateOf("|"), `(${href})`))).toBe(false);
    expect(links(typed(stateOf("|"), `(${href}) `))).toBe(true);
    expect(links(typed(stateOf("|"), "rotate.sh and keys.md "))).toBe(false);
    expect(links(typed(stateOf(["pre", "|"]), `${href} `))).toBe(false);
  });

  test("are not looked for in a word longer than any address, nor in all of a long paragraph at each blank", async () => {
    const links = (state: EditorState) => state.doc.rangeHasMark(1, state.doc.content.size, MARKS.link);
    const word = stateOf(`${"x".repeat(60_000)} y|`);
    expect(await cpuTime(() => expect(links(typed(word, " "))).toBe(false))).toBeLessThan(1_000);
    expect(links(typed(stateOf(`${"x ".repeat(25_000)}${href}|`), " "))).toBe(true);
  });

  test("are set on all of the text, and written into an empty one", () => {
    const all = (state: EditorState) => state.apply(state.tr.setSelection(new AllSelection(state.doc)));
    const linked = all(stateOf("a", "b")).apply(setLink(all(stateOf("a", "b")), href, "x"));
    expect(linked.selection).toBeInstanceOf(TextSelection);
    expect(typed(linked, "!").doc.textContent).toBe("ab!");
    expect(linkAt(all(linked))).toBe(href);
    const empty = all(stateOf("|"));
    expect(empty.apply(setLink(empty, href, "a.example/x")).doc.textContent).toBe("a.example/x");
  });

  test("follow an address that is corrected at its end", () => {
    const hrefs = (state: EditorState) => {
      const all = new Set<string>();
      state.doc.descendants(({ marks }) => void (marks[0] && all.add(marks[0].attrs.href)));
      return [...all];
    };
    const linked = stateOf(`|${href}|`);
    const set = linked.apply(setLink(linked, href, ""));
    expect(hrefs(typed(set, "yz "))).toEqual([`${href}yz`]);
    expect(hrefs(pressed(set, "Backspace", { keyCode: 8 }))).toEqual([]);
    const named = linked.apply(setLink(linked, "https://b.example/", ""));
    expect(hrefs(typed(named, "yz "))).toEqual(["https://b.example/"]);
  });

  test("come with addresses that are pasted", () => {
    const paste = autoLink().props.transformPasted as (slice: Slice) => Slice;
    const pasted = paste.call(undefined, stateOf("|", `a ${href}, b`, ["pre", href]).doc.slice(0));
    const marks: string[] = [];
    pasted.content.descendants((node) => {
      if (node.isText) marks.push(`${node.text}${node.marks.map(({ attrs }) => ` → ${attrs.href}`).join("")}`);
    });
    expect(marks).toEqual(["a ", `${href} → ${href}`, ", b", href]);
  });

  test.each([
    ["see https://a.example/b_(c).", ["https://a.example/b_(c)"]],
    ["(www.a.example)", ["https://www.a.example"]],
    ["ana@a.example, bo@b.example", ["mailto:ana@a.example", "mailto:bo@b.example"]],
    ["https://", []],
    ["http://localhost:3000/x", ["http://localhost:3000/x"]],
    ["javascript:alert(1) ftp://a.example rotate.sh", []],
    [`${"x.".repeat(20_000)}@`, []],
  ])("%.60s", (text, found) => {
    expect(findAddresses(text).map(({ href: one }) => one)).toEqual(found);
  });
});
