import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { readListed } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { SampleDto, SamplePlaceDto, SampleRefDto } from "@/lib/contracts/sample";
import { toDay } from "@/lib/data/days";
import { ccwOf, listDispositions } from "@/lib/data/dispositions";
import type { ArticleRowId } from "@/lib/domain/catalogue/article";
import { find } from "@/lib/domain/catalogue/tree";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import { answersOf } from "@/lib/samples/answers-of";
import { sampleFor } from "@/lib/samples/library";
import type { Sample } from "@/lib/samples/sample";
import { sampleOn } from "@/lib/samples/sample-on";
import { ownPlaces } from "@/lib/services/account/own-engagements";
import { currentCatalogue } from "@/lib/services/catalogue/current";

/** A sample of the library, with its dates counted from today. @throws Failure not_found */
export async function readSample(context: ServiceContext, id: ArticleRowId): Promise<SampleDto> {
  const found = sampleFor(id);
  if (!found) throw notFound();
  const { requirements } = await currentCatalogue(context);
  const sample = sampleOn(found, toDay(context.clock()));
  const { standardVersion, requirementNumber, sections, evidence } = sample;
  const own = requirements.filter(({ version }) => version === standardVersion);
  return {
    ...sampleRef(sample),
    standardVersion,
    requirementTitle: find(own, requirementNumber)?.title ?? "",
    sections,
    evidence,
    answers: frozenAnswers(answersOf(sample), standardVersion),
  };
}

/** A sample as lists name it. */
export function sampleRef({ id, title, about, requirementNumber }: Sample): SampleRefDto {
  return { sampleId: id, title, about, requirementNumber };
}

/** Where the person could take a sample up: each engagement of its version in which they have a role in the own company. */
export async function placesForSample(
  context: SignedInContext,
  { standardVersion, requirementNumber }: Pick<SampleDto, "standardVersion" | "requirementNumber">,
): Promise<readonly SamplePlaceDto[]> {
  const places: SamplePlaceDto[] = [];
  const { organisationId } = context.actor;
  for (const { id, name } of await ownPlaces(context, { standardVersion, organisationId })) {
    const found = await readListed(context, "disposition.read", { engagementId: id }, async (tx, grant) => {
      if (grant.engagement.organisationId !== grant.facts.actor.organisationId) return null;
      const row = (await listDispositions(tx)).find((one) => one.requirementNumber === requirementNumber);
      return { dispositionId: row?.id ?? null, worksheetId: row ? (ccwOf(row)?.id ?? null) : null };
    });
    if (found) places.push({ engagement: { id, name }, ...found });
  }
  return places;
}
