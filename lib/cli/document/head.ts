import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import { withLineFeeds } from "@/lib/cli/markdown/mdast";
import type { Trouble } from "@/lib/cli/trouble";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { WORKSHEET_KINDS } from "@/lib/domain/records/kinds";
import { PART_KEYS, type PartKey } from "@/lib/domain/worksheet/sections";

const version = z.strictObject({ version: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const head = z.strictObject({
  countervail: z.literal(1),
  server: z.string(),
  engagement: z.strictObject({ id: z.guid(), name: z.string() }),
  worksheet: z.guid(),
  kind: z.enum(WORKSHEET_KINDS),
  standard: z.enum(STANDARD_VERSIONS),
  requirement: z.string(),
  title: z.string(),
  state: z.string(),
  revision: z.int(),
  editable: z.boolean(),
  pulled: z.string(),
  sections: z.partialRecord(z.enum(PART_KEYS), version),
});

/** The head of a file: which worksheet it is of, and on which version and text of each section it was written. */
export type Head = z.output<typeof head>;

/** What a section was written on: its version, and the SHA-256 (hex) of its content as canonical JSON. */
export type Written = z.output<typeof version>;

const FENCE = "---";
const COMMENT = [
  "# Written by `countervail pull`. Leave this head alone: it says what the texts below were written on, and is not sent.",
  "# Not in this file, and changed on the worksheet's page alone: evidence, answers of the gate, reasons for warnings,",
  "# comments, decisions and signatures.",
].join("\n");

/** The head as lines of YAML between two lines of dashes; ends with a line feed. */
export function writeHead(value: Head): string {
  return `${FENCE}\n${COMMENT}\n${stringify(value, { lineWidth: 0 })}${FENCE}\n`;
}

/** What a file is made of: its head, and the lines behind it. */
export interface HeadAndBody {
  readonly head: Head;
  /** The whole text with line feeds alone, in which the head's lines are empty, so that lines count as in the file. */
  readonly body: string;
  /** How many lines the head takes. */
  readonly headLines: number;
}

/** Takes a file apart. Line ends of Windows and a mark of byte order are taken as they are meant. */
export function readHead(text: string): HeadAndBody | Trouble {
  const lines = normalised(text).split("\n");
  const end = lines.indexOf(FENCE, 1);
  if (lines[0] !== FENCE || end < 0) {
    return {
      line: 1,
      message: "This is no file that `countervail pull` wrote: its head between two lines --- is missing.",
    };
  }
  const parsed = parseDocument(lines.slice(1, end).join("\n"), { schema: "core" });
  const [error] = parsed.errors;
  if (error)
    return { line: (error.linePos?.[0].line ?? 0) + 1, message: "The head is not whole. Pull the file again." };
  const checked = head.safeParse(parsed.toJS({ maxAliasCount: 0 }));
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return { line: 1, message: `The head is not right at “${issue?.path.join(".")}”. Pull the file again.` };
  }
  const body = [...lines.slice(0, end + 1).fill(""), ...lines.slice(end + 1)].join("\n");
  return { head: checked.data, body, headLines: end + 1 };
}

/** A text with line feeds alone, as every reader of lines counts them, and without a mark of byte order. */
export function normalised(text: string): string {
  return withLineFeeds(text.replace(/^\uFEFF/, ""));
}

/** The head with other versions of some sections. */
export function withWritten(value: Head, written: Readonly<Partial<Record<PartKey, Written>>>): Head {
  return { ...value, sections: { ...value.sections, ...written } };
}
