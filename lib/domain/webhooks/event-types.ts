/**
 * What endpoints may be told: a closed list of public types with what each means, in the order of the page. Types are added
 * and not renamed: programs of others go by them.
 */
export const WEBHOOK_TYPES = {
  "engagement.created": "An engagement was created",
  "engagement.changed": "Its settings changed",
  "engagement.member_added": "Somebody got a role in it",
  "engagement.member_removed": "Somebody lost a role in it",
  "engagement.assessor_invited": "An assessor company was invited to it",
  "engagement.assessor_accepted": "The assessor company accepted it",
  "disposition.changed": "Rows of the workbook were added, decided or assigned",
  "control.changed": "A shared control was recorded or changed",
  "worksheet.created": "A worksheet or record was opened",
  "worksheet.section_saved": "A part of its text was saved",
  "worksheet.assigned": "It was given to people to write",
  "worksheet.submitted": "It was submitted for review",
  "worksheet.approved_internally": "The internal review let it through",
  "worksheet.sent_back": "The internal review sent it back",
  "worksheet.changes_requested": "The assessor asked for changes",
  "worksheet.withdrawn": "It was withdrawn",
  "worksheet.signed": "It was signed",
  "worksheet.refused": "It was refused",
  "worksheet.revoked": "Its signature was revoked",
  "worksheet.reopened": "It was reopened",
  "evidence.added": "Evidence or a file was added to it",
  "evidence.changed": "Evidence was changed",
  "evidence.removed": "Evidence or a file was removed",
  "thread.opened": "A shared discussion was opened",
  "thread.resolved": "A discussion was resolved",
  "thread.reopened": "A resolved discussion was opened again",
  "comment.added": "Somebody answered in a shared discussion",
  "criterion.decided": "A criterion of Appendix B was decided on",
  "export.done": "An export that your people asked for is finished",
  "export.failed": "An export that your people asked for failed",
} as const;

/** The public name of something that happened. */
export type WebhookType = keyof typeof WEBHOOK_TYPES;

/** All of them. */
export const WEBHOOK_TYPE_NAMES = Object.keys(WEBHOOK_TYPES) as readonly WebhookType[];

/** What a test message is called; every endpoint takes it. */
export const TEST_TYPE = "webhook.test";

/** A type in words. */
export function typeWords(type: string): string {
  if (type === TEST_TYPE) return "A test message";
  return Object.hasOwn(WEBHOOK_TYPES, type) ? WEBHOOK_TYPES[type as WebhookType] : type;
}
