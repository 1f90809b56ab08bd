import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { cache } from "react";
import { LinkCheckProvider } from "@/components/worksheet/panel/try-link";
import { WorksheetEditor } from "@/components/worksheet/worksheet-editor";
import { Failure } from "@/lib/contracts/failure";
import { KIND_WORDS } from "@/lib/domain/records/kinds";
import { orNotFound, page } from "@/lib/server/page";
import { runtime } from "@/lib/server/runtime";
import { readMe } from "@/lib/services/account/read-me";
import { readRequirement } from "@/lib/services/catalogue/read-requirement";
import { listThreads } from "@/lib/services/review/list-threads";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";

interface Props {
  readonly params: Promise<{ readonly worksheetId: string }>;
}

/** Read once for the title and the page. */
const load = cache(async (worksheetId: string) => {
  const context = await page(`/worksheets/${worksheetId}`);
  return { context, worksheet: await orNotFound(getWorksheet(context, worksheetId)) };
});

/** A number that left the catalogue leaves the page without facts, not without its text. */
function nullIfUnknown(error: unknown): null {
  if (error instanceof Failure && error.code === "not_found") return null;
  throw error;
}

/** The page's title names the requirement. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { worksheet } = await load((await params).worksheetId);
  const what = worksheet.kind === "ccw" ? "worksheet" : KIND_WORDS[worksheet.kind];
  return { title: `${worksheet.header.requirementNumber} ${what}` };
}

/** A worksheet to write. The assessor's people read it on the review page. */
export default async function WorksheetPage({ params }: Props) {
  const { worksheetId } = await params;
  const { context, worksheet } = await load(worksheetId);
  const me = await readMe(context);
  if (me.organisation.kind === "assessor") redirect(`/worksheets/${worksheetId}/review`);
  const { standardVersion, requirementNumber } = worksheet.header;
  const [threads, facts] = await Promise.all([
    listThreads(context, worksheetId),
    readRequirement(context, { version: standardVersion, number: requirementNumber }).catch(nullIfUnknown),
  ]);
  return (
    <LinkCheckProvider on={runtime().evidence.linkCheck}>
      <WorksheetEditor
        worksheet={worksheet}
        threads={threads.items}
        me={me}
        facts={facts}
        today={context.clock().toISOString().slice(0, 10)}
      />
    </LinkCheckProvider>
  );
}
