import { IconLock, IconPencil } from "@tabler/icons-react";
import type { Metadata } from "next";
import { cache } from "react";
import { Place } from "@/components/frame/place";
import { EmptyState } from "@/components/kit/empty-state";
import { PageTitle } from "@/components/kit/page-title";
import { DamagedText } from "@/components/review/damaged-text";
import { ReviewScreen } from "@/components/review/review-screen";
import { firstChoice, type ReviewTexts } from "@/components/review/review-texts";
import { shownDraft, shownRevision } from "@/components/review/shown-text";
import { readChoice, type TextChoice, type VersionChoice } from "@/components/review/version-choice";
import type { SignedInContext } from "@/lib/auth/context";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { orDamaged, orRefused, page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { getDiff } from "@/lib/services/review/get-diff";
import { getRevision } from "@/lib/services/review/get-revision";
import { listThreads } from "@/lib/services/review/list-threads";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";

interface Props {
  readonly params: Promise<{ readonly worksheetId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Read once for the title and the page. */
const load = cache(async (worksheetId: string) => {
  const context = await page(`/worksheets/${worksheetId}/review`);
  return { context, found: await orRefused(getWorksheet(context, worksheetId)) };
});

/** The page's title names the requirement. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { found } = await load((await params).worksheetId);
  return { title: "data" in found ? `Review of ${found.data.header.requirementNumber}` : "Review" };
}

/** A worksheet to review, or to read for its writers: the newest frozen revision with its differences and threads. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const { worksheetId } = await params;
  const { context, found } = await load(worksheetId);
  if ("refused" in found) {
    return (
      <>
        <PageTitle title="Review" />
        <EmptyState icon={IconLock} title="You cannot read this worksheet yet">
          {found.refused}
        </EmptyState>
      </>
    );
  }
  const worksheet = found.data;
  const choice = readChoice(worksheet, toParams(await searchParams)) ?? firstChoice(worksheet);
  if (!choice) return <NothingToRead worksheet={worksheet} />;
  const read = await orDamaged(
    Promise.all([
      loadTexts(context, worksheet, choice),
      listThreads(context, worksheetId),
      choice.shown === "draft" || worksheet.kind !== "ccw"
        ? null
        : getCriteria(context, worksheetId, Number(choice.shown)),
    ]),
  );
  const today = context.clock().toISOString().slice(0, 10);
  if ("damaged" in read) {
    const [{ items }, me] = await Promise.all([listThreads(context, worksheetId), readMe(context)]);
    const beside = { threads: items, ownPage: me.organisation.kind !== "assessor", today };
    return <DamagedText worksheet={worksheet} shown={choice.shown} reason={read.damaged} {...beside} />;
  }
  const [{ texts, damaged }, threads, criteria] = read.data;
  return (
    <ReviewScreen
      key={worksheetId}
      worksheet={worksheet}
      texts={texts}
      damaged={damaged}
      threads={threads.items}
      criteria={criteria}
      today={today}
    />
  );
}

function toParams(search: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const single = Object.entries(search).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return new URLSearchParams(single);
}

async function loadTexts(
  context: SignedInContext,
  worksheet: WorksheetDto,
  choice: VersionChoice,
): Promise<{ readonly texts: ReviewTexts; readonly damaged: string | null }> {
  const { shown, comparedWith } = choice;
  const text = async (which: TextChoice) =>
    (which === "draft" ? shownDraft(worksheet) : null) ??
    shownRevision(await getRevision(context, worksheet.id, Number(which)));
  const alone = { choice: { shown, comparedWith: null }, shown: await text(shown), comparison: null };
  if (comparedWith === null) return { texts: alone, damaged: null };
  const compare = async (since: number) => ({
    diff: await getDiff(context, worksheet.id, { from: since, to: shown }),
    before: await text(since),
  });
  // The text itself was read: an older one that cannot be is no reason to show nothing.
  const compared = await orDamaged(compare(comparedWith));
  if ("damaged" in compared) return { texts: alone, damaged: compared.damaged };
  return { texts: { ...alone, choice, comparison: compared.data }, damaged: null };
}

function NothingToRead({ worksheet }: { readonly worksheet: WorksheetDto }) {
  return (
    <>
      <Place engagementId={worksheet.engagementId} crumbs={[{ label: worksheet.header.requirementNumber }]} />
      <PageTitle title={`${worksheet.header.requirementNumber} ${worksheet.header.requirementTitle}`} />
      <EmptyState icon={IconPencil} title="Nothing was submitted yet">
        The entity is still writing this worksheet. It can be read here once it is submitted.
      </EmptyState>
    </>
  );
}
