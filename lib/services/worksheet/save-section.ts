import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { SectionDto } from "@/lib/contracts/section";
import { namesOf } from "@/lib/data/people";
import { findSection, storeSection } from "@/lib/data/sections";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { SECTION_LABELS, type SectionKey } from "@/lib/domain/worksheet/sections";
import { seal } from "@/lib/services/worksheet/seal";
import { sectionDto } from "@/lib/services/worksheet/section-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** A section's new content over the version that it was written on. */
export interface SectionChange<K extends SectionKey> {
  readonly baseVersion: number;
  readonly content: SectionContent<K>;
}

/**
 * Saves one section. Whoever saves it becomes an author of the worksheet for good.
 * @throws Failure stale with the section now stored, when somebody saved it meanwhile; wrong_state while it is frozen
 */
export function saveSection<K extends SectionKey>(
  context: ServiceContext,
  worksheetId: string,
  key: K,
  change: SectionChange<K>,
): Promise<SectionDto<K>> {
  return changeScope(context, "worksheet.edit", { worksheetId }, "share", async (tx) => {
    const version = await storeSection(tx, worksheetId, key, change.baseVersion, change.content);
    const { id, dto } = await readBack(tx, worksheetId, key);
    if (version === null) {
      throw new Failure("stale", `Somebody else saved “${SECTION_LABELS[key]}” while you were writing it.`, {
        current: dto,
      });
    }
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "section.saved",
      worksheetId,
      detail: { section: key, version, sha256: seal(change.content).digest },
      changes: [{ table: "section", id }],
    });
    return dto;
  });
}

async function readBack<K extends SectionKey>(tx: ScopedTx, worksheetId: string, key: K) {
  const stored = await findSection(tx, worksheetId, key);
  if (!stored) throw notFound();
  return { id: stored.id, dto: sectionDto(stored, await namesOf(tx, [stored.updatedById])) };
}
