import type { Metadata } from "next";
import { LegacyView } from "@/components/carry-over/legacy-view";
import { DamagedPage } from "@/components/review/damaged-text";
import { legacyQuery } from "@/lib/contracts/carry-over";
import { orDamaged, page } from "@/lib/server/page";
import { getLegacyReading } from "@/lib/services/carry-over/get-legacy-reading";

export const metadata: Metadata = { title: "Read as PCI DSS 3.2.1" };

/** A worksheet of 4.0.1 in the shape of 3.2.1, for reading. */
export default async function LegacyPage(props: {
  readonly params: Promise<{ readonly worksheetId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { worksheetId } = await props.params;
  const context = await page(`/worksheets/${worksheetId}/legacy`);
  // An address with no revision that there could be shows the newest text.
  const { revision } = legacyQuery.safeParse(await props.searchParams).data ?? {};
  const reading = await orDamaged(getLegacyReading(context, worksheetId, revision));
  if ("damaged" in reading) return <DamagedPage worksheetId={worksheetId} reason={reading.damaged} />;
  return <LegacyView reading={reading.data} />;
}
