import type { Metadata } from "next";
import { DamagedPage } from "@/components/review/damaged-text";
import { RigourReportView } from "@/components/review/rigour-report";
import type { ServiceContext } from "@/lib/auth/context";
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
  const read = await orDamaged(load(context, worksheetId, asked.data?.revision));
  if ("damaged" in read) return <DamagedPage worksheetId={worksheetId} reason={read.damaged} />;
  return <RigourReportView worksheetId={worksheetId} {...read.data} />;
}

async function load(context: ServiceContext, worksheetId: string, revision: number | undefined) {
  const report = await getRigourReport(context, worksheetId, revision);
  const criteria = report.revision === null ? null : await getCriteria(context, worksheetId, report.revision);
  return { report, criteria: criteria?.criteria ?? null };
}
