import type { WorksheetMove } from "@/lib/domain/workflow/states";

/** What an action is done to; it decides which facts the policy needs about its target. */
export type TargetKind =
  | "service"
  | "organisation"
  | "person"
  | "engagement"
  | "member"
  | "row"
  | "worksheet"
  | "thread";

/**
 * Every action that the policy knows, with the kind of its target. Source: access.md, "Actions".
 * `disposition.decide` covers the disposition, owner and due date of a row; moves of a worksheet are `worksheet.<move>`.
 */
export const ACTIONS = {
  "service.settings": "service",
  "organisation.read": "organisation",
  "organisation.settings": "organisation",
  "organisation.invite": "organisation",
  "organisation.accounts": "organisation",
  "organisation.people": "person",
  "organisation.services": "organisation",
  "organisation.trail": "organisation",
  "organisation.trail_export": "organisation",
  "engagement.create": "organisation",
  "engagement.read": "engagement",
  "engagement.settings": "engagement",
  "engagement.roll_forward": "engagement",
  "engagement.people": "member",
  "assessor.invite": "engagement",
  "assessor.accept": "engagement",
  "assessor.staff": "member",
  "scope.read": "engagement",
  "scope.answer": "engagement",
  "disposition.read": "engagement",
  "disposition.add": "engagement",
  "disposition.decide": "row",
  "control.read": "engagement",
  "control.write": "engagement",
  "readiness.read": "engagement",
  "worksheet.create": "row",
  "record.open": "row",
  "worksheet.read": "worksheet",
  "worksheet.edit": "worksheet",
  "worksheet.assign": "worksheet",
  "evidence.add": "worksheet",
  "evidence.change": "worksheet",
  "evidence.remove": "worksheet",
  "control.share": "worksheet",
  "finding.override": "worksheet",
  "criteria.answer": "worksheet",
  "criteria.propose": "worksheet",
  "criteria.decide": "worksheet",
  "worksheet.submit": "worksheet",
  "worksheet.approve_internally": "worksheet",
  "worksheet.send_back": "worksheet",
  "worksheet.request_changes": "worksheet",
  "worksheet.sign": "worksheet",
  "worksheet.refuse": "worksheet",
  "worksheet.withdraw": "worksheet",
  "worksheet.revoke": "worksheet",
  "worksheet.reopen": "worksheet",
  "comment.shared": "worksheet",
  "comment.private": "worksheet",
  "thread.read": "thread",
  "thread.reply": "thread",
  "thread.resolve": "thread",
  "worksheet.export": "worksheet",
  "workbook.export": "engagement",
  "workbook.import": "engagement",
  "engagement.export_all": "engagement",
  "trail.read": "engagement",
  "trail.export": "engagement",
} as const satisfies Readonly<Record<string, TargetKind>>;

/** The name of an action. */
export type Action = keyof typeof ACTIONS;

/** All actions, in the order of the list above. */
export const ACTION_NAMES = Object.keys(ACTIONS) as readonly Action[];

/** The action that makes a move of the transition table. */
export function actionOfMove(move: WorksheetMove): `worksheet.${WorksheetMove}` {
  return `worksheet.${move}`;
}
