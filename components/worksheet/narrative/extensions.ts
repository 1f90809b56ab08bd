import type { AnyExtension, Extensions } from "@tiptap/core";
import { Link } from "@tiptap/extension-link";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";
import { isAllowedAddress } from "@/components/worksheet/narrative/link-address";

/** What a list item and a table cell hold: the model knows no table inside them, and any block may come first. */
const NESTED_CONTENT = "(paragraph | codeBlock | bulletList | orderedList)+";

/** Spans come in with pasted tables and are dropped: each cell is one cell. */
const ONE_CELL = {
  colspan: { default: 1, parseHTML: () => 1, rendered: false },
  rowspan: { default: 1, parseHTML: () => 1, rendered: false },
  colwidth: { default: null, parseHTML: () => null, rendered: false },
};

/** The starter kit with its parts bent to the model: code beside other marks, such as a bold or linked key name. */
const ModelKit = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map((extension: AnyExtension) => {
      if (extension.name === "code") return extension.extend({ excludes: "" });
      return extension.name === "listItem" ? extension.extend({ content: NESTED_CONTENT }) : extension;
    });
  },
});

/**
 * The editor's extensions: exactly the nodes and marks of the narrative model, so that whatever is
 * pasted is reduced to them. No trailing paragraph is added by itself: nothing changes a text but
 * the person who edits it.
 */
export function narrativeExtensions(): Extensions {
  return [
    ModelKit.configure({
      heading: false,
      blockquote: false,
      horizontalRule: false,
      strike: false,
      underline: false,
      trailingNode: false,
      link: false,
    }),
    Link.configure({
      openOnClick: false,
      defaultProtocol: "https",
      isAllowedUri: (address) => isAllowedAddress(address),
      HTMLAttributes: { target: "_blank", rel: "noopener noreferrer nofollow" },
    }),
    Table.configure({ resizable: false }),
    TableRow,
    TableCell.extend({ content: NESTED_CONTENT, addAttributes: () => ONE_CELL }),
    TableHeader.extend({ content: NESTED_CONTENT, addAttributes: () => ONE_CELL }),
  ];
}

/**
 * Shortcuts that change text while typing or pasting, kept to lists, code blocks and addresses:
 * the ones for bold and italic would eat the signs of `__init__` and `role/*`.
 */
export const INPUT_RULES = ["bulletList", "orderedList", "codeBlock"];
/** Rules applied to pasted text. */
export const PASTE_RULES = ["link"];
