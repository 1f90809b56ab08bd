import type { SignedInContext } from "@/lib/auth/context";
import { permissionFor, readListed, readScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { StartsDto, WorksheetStartDto } from "@/lib/contracts/start";
import { catalogueOf } from "@/lib/data/requirements";
import { listCcws } from "@/lib/data/worksheets";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { isUnwritten } from "@/lib/domain/worksheet/begin";
import { ownPlaces } from "@/lib/services/account/own-engagements";
import { sampleRef } from "@/lib/services/catalogue/read-sample";
import { samplesFor } from "@/lib/services/start/samples-for";
import {
  answersIn,
  isWithinReach,
  placeOf,
  revisionOf,
  type SourcePlace,
  textFor,
  textsOf,
} from "@/lib/services/start/source-text";
import { loadMaterial, requireCcw } from "@/lib/services/worksheet/material";
import { unlessDamaged } from "@/lib/services/worksheet/seal";

/** The draft that is to begin. */
interface Target extends SourcePlace {
  readonly worksheetId: string;
  readonly requirementNumber: string;
  readonly standardVersion: StandardVersion;
}

/** What a draft could begin as: for whoever may write it. @throws Failure not_found, forbidden, wrong_state */
export async function listStarts(context: SignedInContext, worksheetId: string): Promise<StartsDto> {
  const { target, samples } = await readScope(context, "worksheet.edit", { worksheetId }, async (tx, grant) => {
    if (!grant.worksheet) throw notFound();
    requireCcw(grant.worksheet);
    const { requirementNumber } = grant.worksheet;
    const { catalogueVersion, standardVersion } = grant.engagement;
    const found = samplesFor(await catalogueOf(tx, catalogueVersion), standardVersion, requirementNumber);
    const place = await placeOf(tx, grant);
    return { target: { ...place, worksheetId, requirementNumber, standardVersion }, samples: found.map(sampleRef) };
  });
  return { samples, worksheets: await worksheetsFor(context, target) };
}

/** Over all engagements in which the person has a role; those that are no start for this draft are left out. */
async function worksheetsFor(context: SignedInContext, target: Target): Promise<readonly WorksheetStartDto[]> {
  const starts: WorksheetStartDto[] = [];
  const { standardVersion, organisationId } = target;
  for (const { id } of await ownPlaces(context, { standardVersion, organisationId })) {
    starts.push(...(await worksheetsIn(context, id, target)));
  }
  const distance = (one: WorksheetStartDto) => (one.requirementNumber === target.requirementNumber ? 0 : 1);
  return starts.toSorted(
    (a, b) => distance(a) - distance(b) || compareNumbers(a.requirementNumber, b.requirementNumber),
  );
}

async function worksheetsIn(
  context: SignedInContext,
  engagementId: string,
  target: Target,
): Promise<readonly WorksheetStartDto[]> {
  const found = await readListed(context, "disposition.read", { engagementId }, async (tx, grant) => {
    const place = await placeOf(tx, grant);
    if (!isWithinReach(place, target)) return [];
    const others = (await listCcws(tx)).filter(({ id }) => id !== target.worksheetId);
    const starts: WorksheetStartDto[] = [];
    for (const material of await loadMaterial(tx, others)) {
      const { worksheet } = material;
      const view = permissionFor(grant, "worksheet.read", worksheet.facts)?.view;
      if (!view) continue;
      const { authorIds } = worksheet.facts;
      const texts = await unlessDamaged(textsOf(tx, view, material));
      if (!texts) continue;
      const source = { ...place, worksheetId: worksheet.id, authorIds, ...texts };
      const text = textFor(source, target.engagementId);
      if (!text || isUnwritten(text.content.sections, answersIn(text.content))) continue;
      const { header, evidence } = text.content;
      starts.push({
        worksheetId: worksheet.id,
        requirementNumber: header.requirementNumber,
        requirementTitle: header.requirementTitle,
        engagement: { id: engagementId, name: place.engagementName },
        revision: revisionOf(text),
        evidence: evidence.length,
      });
    }
    return starts;
  });
  return found ?? [];
}
