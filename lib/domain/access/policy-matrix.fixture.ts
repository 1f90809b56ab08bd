import type { Action } from "@/lib/domain/access/actions";
import type { Party } from "@/lib/domain/access/parties";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/**
 * What access.md's table says, written down by hand and read against it, never computed from the policy.
 * A cell is `-` (may not) or letters, all of which must hold:
 *   Y may                              S the password was entered again in the last five minutes
 *   A assigned to the worksheet        O owner of the row
 *   1 never an author, by history      M the signature is the person's own
 *   F once a revision was submitted    G once a signature stands
 *   W not after a withdrawal           N never the person's own role
 *   T opened by the person's company   L leads an engagement of the organisation
 *   P after the assessor company accepted, Q before it
 * Small f and g narrow what is shown to submitted or signed revisions without closing the door.
 */
export type Cell = string;

/** The columns of the engagement's table. ISA and officer stand in an engagement without an assessor company. */
export const COLUMNS = [
  "lead",
  "contributor",
  "internal_reviewer",
  "observer",
  "qsa_lead",
  "qsa_assistant",
  "isa",
  "officer",
  "entity_admin",
  "assessor_admin",
] as const satisfies readonly Party[];

/** Columns: lead, contributor, internal reviewer, observer, QSA lead, QSA assistant, ISA, officer, entity admin, assessor admin. */
const TABLE = `
  engagement.read               Y   Y   Y   Y   Y   Y   Y   Y   Y   Y
  engagement.settings           Y   -   -   -   -   -   -   -   Y   -
  engagement.roll_forward       Y   -   -   -   -   -   -   -   Y   -
  engagement.people             NS  -   -   -   -   -   -   -   NS  -
  assessor.invite               Y   -   -   -   -   -   -   -   Y   -
  assessor.accept               -   -   -   -   -   -   -   -   -   Q
  assessor.staff                -   -   -   -   -   -   -   -   -   PNS
  scope.read                    Y   Y   Y   -   Y   Y   Y   Y   -   -
  scope.answer                  Y   -   -   -   -   -   -   -   -   -
  disposition.read              Y   Y   Y   g   f   f   f   f   -   -
  disposition.add               Y   -   -   -   -   -   -   -   -   -
  disposition.decide            Y   O   -   -   -   -   -   -   -   -
  control.read                  Y   Y   Y   -   f   f   f   f   -   -
  control.write                 Y   -   -   -   -   -   -   -   -   -
  readiness.read                Y   Y   Y   -   -   -   -   -   -   -
  worksheet.create              Y   O   -   -   -   -   -   -   -   -
  record.open                   Y   -   -   -   -   -   -   -   -   -
  worksheet.read                Y   Y   Y   G   F   F   F   F   -   -
  worksheet.edit                Y   A   -   -   -   -   -   -   -   -
  worksheet.assign              Y   -   -   -   -   -   -   -   -   -
  evidence.add                  Y   A   -   -   -   -   -   -   -   -
  evidence.change               Y   A   -   -   -   -   -   -   -   -
  evidence.remove               Y   A   -   -   -   -   -   -   -   -
  control.share                 Y   -   -   -   -   -   -   -   -   -
  finding.override              Y   A   -   -   -   -   -   -   -   -
  criteria.answer               Y   Y   -   -   -   -   -   -   -   -
  criteria.propose              -   -   -   -   -   1   -   -   -   -
  criteria.decide               -   -   -   -   1   -   1   1   -   -
  worksheet.submit              Y   -   -   -   -   -   -   -   -   -
  worksheet.approve_internally  -   -   1   -   -   -   -   -   -   -
  worksheet.send_back           -   -   1   -   -   -   -   -   -   -
  worksheet.request_changes     -   -   Y   -   Y   Y   Y   Y   -   -
  worksheet.sign                -   -   -   -   1S  -   1S  1S  -   -
  worksheet.refuse              -   -   -   -   1S  -   1S  1S  -   -
  worksheet.withdraw            Y   -   -   -   -   -   -   -   -   -
  worksheet.revoke              -   -   -   -   1MS -   1MS 1MS -   -
  worksheet.reopen              S   -   -   -   WS  -   WS  WS  -   -
  comment.shared                Y   Y   Y   -   F   F   F   F   -   -
  comment.private               Y   Y   Y   -   F   F   F   F   -   -
  thread.read                   Y   Y   Y   -   F   F   F   F   -   -
  thread.reply                  Y   Y   Y   -   F   F   F   F   -   -
  thread.resolve                T   -   -   -   F   F   F   F   -   -
  worksheet.export              Y   Y   Y   G   F   F   F   F   -   -
  workbook.export               Y   Y   Y   g   f   f   f   f   -   -
  workbook.import               Y   Y   -   -   -   -   -   -   -   -
  engagement.export_all         S   -   -   -   -   -   -   -   -   -
  trail.read                    Y   -   Y   -   Y   Y   Y   Y   Y   -
  trail.export                  S   -   S   -   S   S   S   S   S   -
`;

/** Columns: organisation admin, organisation member, operator. People outside the organisation see nothing. */
const ORGANISATION_TABLE = `
  organisation.read             Y   Y   -
  organisation.settings         S   -   -
  organisation.invite           S   -   -
  organisation.accounts         Y   -   -
  organisation.people           NS  -   -
  organisation.services         S   -   -
  organisation.trail            Y   -   -
  organisation.trail_export     S   -   -
  engagement.create             Y   L   -
  service.settings              -   -   S
`;

/** The columns of the organisation's table. */
export const ORGANISATION_COLUMNS = ["org_admin", "org_member", "operator"] as const satisfies readonly Party[];

/** The rows of a table by action; a row with a wrong number of cells is a mistake in the fixture. */
function parse(table: string, columns: number): ReadonlyMap<Action, readonly Cell[]> {
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  for (const [action, ...cells] of rows) {
    if (cells.length !== columns) throw new Error(`${action} has ${cells.length} cells`);
  }
  return new Map(rows.map(([action, ...cells]) => [action as Action, cells]));
}

/** The engagement's table: action → cells in the order of COLUMNS. */
export const MATRIX = parse(TABLE, COLUMNS.length);

/** The organisation's table: action → cells in the order of ORGANISATION_COLUMNS. */
export const ORGANISATION_MATRIX = parse(ORGANISATION_TABLE, ORGANISATION_COLUMNS.length);

const EDITING: readonly WorksheetState[] = ["draft", "changes_requested"];

/** The states in which an action is possible; elsewhere it is a conflict. Actions that are not named: every state. */
export const STATES: Readonly<Partial<Record<Action, readonly WorksheetState[]>>> = {
  "worksheet.edit": EDITING,
  "evidence.add": EDITING,
  "evidence.change": EDITING,
  "evidence.remove": EDITING,
  "control.share": EDITING,
  "finding.override": EDITING,
  "criteria.answer": EDITING,
  "criteria.propose": ["qsa_review"],
  "criteria.decide": ["qsa_review"],
  "worksheet.submit": EDITING,
  "worksheet.approve_internally": ["internal_review"],
  "worksheet.send_back": ["internal_review"],
  "worksheet.request_changes": ["qsa_review"],
  "worksheet.sign": ["qsa_review"],
  "worksheet.refuse": ["qsa_review"],
  "worksheet.withdraw": ["draft", "internal_review", "qsa_review", "changes_requested"],
  "worksheet.revoke": ["signed"],
  "worksheet.reopen": ["signed", "refused", "revoked", "withdrawn"],
};
