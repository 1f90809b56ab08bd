import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { ApiProblem, isAborted, NetworkError } from "@/lib/client/errors";
import type { Problem } from "@/lib/contracts/problem";
import { hasCode } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";

/** A failure in words, with the code that the program ends with. */
export interface Explained {
  readonly text: string;
  readonly code: number;
}

/** Says what went wrong, by field where the server named fields. Nothing of ours is ever told as a trace. */
export function explain(error: unknown): Explained {
  if (error instanceof CliError) return { text: error.message, code: error.code };
  if (error instanceof ApiProblem) return { text: problemText(error.problem), code: codeOf(error.problem) };
  if (error instanceof NetworkError) {
    return { text: "The server could not be reached. Nothing more was sent.", code: EXIT.unreachable };
  }
  if (isAborted(error) || (error instanceof Error && error.name === "AbortError"))
    return { text: "Interrupted.", code: EXIT.interrupted };
  if (error instanceof OperatorError) return { text: error.message, code: EXIT.refused };
  for (const [code, words] of FILES) {
    if (hasCode(error, code))
      return { text: `${(error as { path?: string }).path ?? "The file"} ${words}`, code: EXIT.refused };
  }
  const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return { text: `This is a mistake of the program: ${message}`, code: EXIT.defect };
}

const FILES: readonly (readonly [string, string])[] = [
  ["ENOENT", "is not there."],
  ["EACCES", "may not be read or written by you."],
  ["EISDIR", "is a folder."],
  ["ENOTDIR", "lies in something that is no folder."],
  ["ENOSPC", "could not be written: the disk is full."],
  ["EROFS", "lies on a disk that is not written to."],
];

function problemText({ detail, title, errors = [], blockers = [], requestId }: Problem): string {
  const lines = [
    detail || title,
    ...errors.map(({ path, message }) => `  ${path}: ${message}`),
    ...blockers.map(({ message }) => `  ${message}`),
  ];
  return [...lines, ...(requestId ? [`  (request ${requestId})`] : [])].join("\n");
}

function codeOf({ status }: Problem): number {
  if (status === 401 || status === 403 || status === 404) return EXIT.access;
  return status >= 500 || status === 429 ? EXIT.unreachable : EXIT.refused;
}
