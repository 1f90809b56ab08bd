import type { Metadata } from "next";
import { DamagedPage } from "@/components/review/damaged-text";
import { RigourReportView } from "@/components/review/rigour-report";
import { revisionQuery } from "@/lib/contracts/review";
import { orDamaged, page } from "@/lib/server/page";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { getRigourReport } from "@/lib/services/rigour/get-report";

interface Props {
  readonly params: Promise<{ readonly worksheetId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** What the browser's tab says. */
export const metadata: Metadata = { title: "Rigour report" };

/** How a text of a worksheet fares by the rules of the field, for its writers and for who decides. */
export default async function RigourPage({ params, searchParams }: Props) {
  const { worksheetId } = await params;
  const context = await page(`/worksheets/${worksheetId}/rigour`);
  const asked = revisionQuery.safeParse(await searchParams);
  const read = await orDamaged(getRigourReport(context, worksheetId, asked.data?.revision));
  if ("damaged" in read) return <DamagedPage worksheetId={worksheetId} reason={read.damaged} />;
  const report = read.data;
  const criteria =
    report.revision === null ? null : (await getCriteria(context, worksheetId, report.revision)).criteria;
  return <RigourReportView worksheetId={worksheetId} report={report} criteria={criteria} />;
}
