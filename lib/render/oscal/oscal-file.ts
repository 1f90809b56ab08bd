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
 * @throws Failure blocked, with the place and what is wrong there
 */
export function oscalFile(model: OscalModel, document: object, name: string): OscalFile {
  const text = JSON.stringify(document, null, 2);
  const [problem] = schemaProblems(model, JSON.parse(text));
  if (problem) {
    throw new Failure("blocked", `No valid OSCAL comes of this: at ${problem.at} it ${problem.message}.`);
  }
  return { name: `${name}.oscal-${model}.json`, text: `${text}\n` };
}
