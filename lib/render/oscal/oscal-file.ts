import { Failure } from "@/lib/contracts/failure";
import type { OscalModel } from "@/lib/domain/oscal/vocabulary";
import { schemaProblems } from "@/lib/render/oscal/validate";

/** A finished document. The name is plain ASCII, so that it can stand in a header as it is. */
export interface OscalFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A document as the file that is handed out: never one that is not valid by NIST's schema.
 * @param name of the file, without its ending
 * @throws Failure blocked, with the worksheet or requirement, the place and what is wrong there
 */
export function oscalFile(model: OscalModel, document: object, name: string): OscalFile {
  const text = JSON.stringify(document, null, 2);
  const [problem] = schemaProblems(model, JSON.parse(text));
  if (problem) {
    const place = placeIn(document, problem.at);
    throw new Failure("blocked", `No valid OSCAL comes of this: ${place}at ${problem.at} it ${problem.message}.`);
  }
  return { name: `${name}.oscal-${model}.json`, text: `${text}\n` };
}

/** What somebody knows the place in a document by: the outermost title or requirement on the way there; empty for none. */
function placeIn(document: object, at: string): string {
  let here: unknown = document;
  for (const key of at.split("/").slice(1)) {
    if (typeof here !== "object" || here === null) return "";
    const { title, "control-id": control } = here as Readonly<Record<string, unknown>>;
    const name = title ?? control;
    if (typeof name === "string") return `in “${name}”, `;
    // What is wrong there is wrong with the document.
    if (key === "metadata") return "";
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return "";
}
