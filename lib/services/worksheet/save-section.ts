import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Inside } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { SectionDto } from "@/lib/contracts/section";
import { namesOf } from "@/lib/data/people";
import { findSection, storeSection } from "@/lib/data/sections";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { textsInPart } from "@/lib/domain/evidence/fresh-numbers";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { CRITERIA_PART, PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";
import { admitUses, followUses } from "@/lib/services/controls/follow-register";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { requirePart } from "@/lib/services/worksheet/require-part";
import { seal } from "@/lib/services/worksheet/seal";
import { sectionDto } from "@/lib/services/worksheet/section-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** A section's new content over the version that it was written on. */
export interface SectionChange<K extends PartKey> {
  readonly baseVersion: number;
  readonly content: SectionContent<K>;
  /** The person was asked whether the text holds card numbers, and says that it does not. */
  readonly acknowledgeCardNumber?: boolean | undefined;
}

/**
 * Saves one part: a section, the answers to the criteria, or a part of a record. Whoever saves it becomes an author of the worksheet for good.
 * @throws Failure stale with the section now stored, when somebody saved it meanwhile; wrong_state while it is frozen;
 * card_number_suspected
 */
export function saveSection<K extends PartKey>(
  context: ServiceContext,
  worksheetId: string,
  key: K,
  change: SectionChange<K>,
): Promise<SectionDto<K>> {
  const action = key === CRITERIA_PART ? "criteria.answer" : "worksheet.edit";
  return changeScope(context, action, { worksheetId }, "share", (tx, grant) =>
    saveSectionWithin({ context, tx, grant }, worksheetId, key, change),
  );
}

/** The same within a transaction that holds the worksheet's row, with the grant for saving this part of it. */
export async function saveSectionWithin<K extends PartKey>(
  { context, tx, grant }: Inside,
  worksheetId: string,
  key: K,
  change: SectionChange<K>,
): Promise<SectionDto<K>> {
  requirePart(grant, key);
  const acknowledged = await askAboutCardNumbers(
    textsInPart(change.content),
    async () => textsInPart((await readBack(tx, worksheetId, key)).content),
    change.acknowledgeCardNumber === true,
  );
  const stale = async () =>
    new Failure("stale", `Somebody else saved “${PART_LABELS[key]}” while you were writing it.`, {
      current: await readBack(tx, worksheetId, key),
    });
  const uses = await usesOf(tx, worksheetId, key, change, stale);
  const stored = await storeSection(tx, worksheetId, key, change.baseVersion, change.content);
  if (stored === null) throw await stale();
  const { id, version } = stored;
  // An author stays one for good, and no other transaction takes one away. A service account may have another owner since.
  const known = grant.worksheet?.facts.authorIds.includes(tx.actor.userId) && !tx.actor.token;
  if (!known) await recordAuthor(tx, worksheetId);
  const carried = uses ? await followUses(tx, worksheetId, uses, context.limits ?? FILE_LIMITS) : [];
  recordWorksheetEvent(context, tx, {
    action: "section.saved",
    worksheetId,
    detail: {
      ...{ section: key, version, sha256: seal(change.content).digest },
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
    },
    changes: [...(id === null ? [] : [{ table: "section", id }]), ...carried],
  });
  return sectionDto(stored, new Map([[tx.actor.userId, { id: tx.actor.userId, name: tx.actor.name }]]));
}

/**
 * The shared controls that a definition begins or ends to use; no other part has any. Whoever wrote on another version than
 * the one that stands is told so here: by the time it is stored that version might be there, and nobody would have judged
 * what it uses.
 */
async function usesOf<K extends PartKey>(
  tx: ScopedTx,
  worksheetId: string,
  key: K,
  { baseVersion, content }: SectionChange<K>,
  stale: () => Promise<Failure>,
) {
  if (key !== "definition") return null;
  const before = await findSection(tx, worksheetId, "definition");
  if (before?.version !== baseVersion) throw await stale();
  // The key says whose items they are.
  const { controls } = (content as SectionContent<"definition">).items;
  return admitUses(tx, before.content.items.controls, controls);
}

async function readBack<K extends PartKey>(tx: ScopedTx, worksheetId: string, key: K) {
  const stored = await findSection(tx, worksheetId, key);
  if (!stored) throw notFound();
  return sectionDto(stored, await namesOf(tx, [stored.updatedById]));
}
