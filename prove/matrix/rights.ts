import type { Action } from "@/lib/domain/access/actions";
import {
  COLUMNS,
  MATRIX,
  ORGANISATION_COLUMNS,
  ORGANISATION_MATRIX,
  STATES,
} from "@/lib/domain/access/policy-matrix.fixture";
import { type Exception, HIDDEN, type Line, refused, type View } from "./line";
import { isAccepted, isASide, PEOPLE, type PersonKey, sideOf, standingOf } from "./people";
import type { Spot } from "./spot";

/** What a request has to lead to. */
export type Expected = { readonly kind: "allowed" } | { readonly kind: "anonymous" } | Exception;

/** Who asks for what, with the password entered again or not. */
export interface Question {
  readonly line: Line;
  readonly spot: Spot;
  readonly person: PersonKey;
  readonly steppedUp: boolean;
  /** Whose role would be changed. */
  readonly roleOf: PersonKey | null;
}

const ALLOWED: Expected = { kind: "allowed" };
/** To a colleague without a role it does not exist. */
const STRANGER: Exception = { kind: "denied", status: 404, codes: ["not_visible"] };

/** The code of the denial when a letter of a fixture's cell does not hold. */
const CODES: Readonly<Record<string, string>> = {
  A: "assigned",
  O: "own_row",
  "1": "not_an_author",
  M: "own_signature",
  F: "submitted_revision",
  G: "signed_revision",
  N: "not_own_role",
  T: "opener_side",
  L: "leads_engagements",
  W: "not_withdrawn",
  P: "accepted",
  Q: "not_yet_accepted",
  S: "step_up",
};

/**
 * What access.md says to a question: read off the table that is written by hand beside the policy, and off what is known
 * of the stage. Nothing here asks the code under test.
 */
export function expectedOf(question: Question): Expected {
  const { line, spot, person } = question;
  if (line.may === "everybody" || line.may === "signed_in") return ofOneself(question);
  const action = line.may;
  if (spot.kind !== "organisation") {
    const standing = standingOf(person, spot.world);
    // What the person's company is no side of is not even found: row-level security hides it before anybody decides.
    if (standing === "stranger" && !isASide(sideOf(person), spot.world)) return HIDDEN;
    if (standing === "stranger" || isTheOthersNote(spot, person)) return STRANGER;
  }
  const cell = cellOf(action, question);
  if (cell === "-") return { kind: "denied", status: 403, codes: ["not_allowed"] };
  const failing = [...cell].filter((letter) => !holds(letter, question)).map((letter) => CODES[letter] ?? letter);
  if (failing.length > 0) return { kind: "denied", status: 403, codes: failing };
  const states = STATES[action];
  if (states && spot.sheet && !states.includes(spot.sheet.state)) return refused(409, "wrong_state");
  return exceptionOf(question, viewOf(cell)) ?? ALLOWED;
}

/** What everybody may do, or everybody who is signed in: with their own account, of which some things want a confirmation. */
function ofOneself(question: Question): Expected {
  if (question.line.confirmed && !question.steppedUp) return { kind: "denied", status: 403, codes: ["step_up"] };
  return exceptionOf(question, "all") ?? ALLOWED;
}

/** Whether entering the password again could matter to the answer. */
export function hangsOnStepUp(line: Line, spot: Spot, person: PersonKey): boolean {
  if (line.may === "everybody" || line.may === "signed_in") return line.confirmed === true;
  return cellOf(line.may, { spot, person }).includes("S");
}

/** The fixture's cell for somebody; `-` for whoever holds nothing that counts. */
export function cellOf(action: Action, { spot, person }: Pick<Question, "spot" | "person">): string {
  if (spot.kind === "organisation") {
    const column = PEOPLE[person][1] === "admin" ? "org_admin" : "org_member";
    return ORGANISATION_MATRIX.get(action)?.[ORGANISATION_COLUMNS.indexOf(column)] ?? "-";
  }
  const column = (COLUMNS as readonly string[]).indexOf(standingOf(person, spot.world));
  return MATRIX.get(action)?.[column] ?? "-";
}

/** The other company's private note exists for nobody else, whatever they hold. */
function isTheOthersNote({ thread }: Spot, person: PersonKey): boolean {
  return thread?.visibility === "private" && thread.side !== sideOf(person);
}

function exceptionOf({ line, spot, person }: Question, view: View): Exception | null {
  return line.except?.({ spot, view, standing: standingOf(person, spot.world) }) ?? null;
}

function viewOf(cell: string): View {
  if (/f/i.test(cell)) return "submitted";
  return /g/i.test(cell) ? "signed" : "all";
}

/** Whether a letter's condition holds on the stage. */
function holds(letter: string, { spot, person, steppedUp, roleOf }: Question): boolean {
  const { sheet } = spot;
  switch (letter) {
    case "A":
      return person === "contributor";
    case "O":
      return spot.owner === person;
    case "1":
      return sheet !== undefined && !sheet.authors.includes(person);
    case "M":
      return sheet?.signer === person;
    case "F":
      return sheet?.submitted === true;
    case "G":
      return sheet?.signed === true;
    case "W":
      return sheet?.state !== "withdrawn";
    case "N":
      return roleOf !== person;
    case "T":
      return spot.thread?.side === sideOf(person);
    case "L":
      return person === "lead";
    case "P":
      return isAccepted(spot.world);
    case "Q":
      return !isAccepted(spot.world);
    case "S":
      return steppedUp;
    default:
      // Y says that nothing more is asked; f and g narrow what is shown.
      return "Yfg".includes(letter);
  }
}
