import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import type { Client } from "./client";
import { must } from "./workbook";

/** Answers every criterion of a worksheet. */
export async function answerCriteria(client: Client, worksheetId: string): Promise<void> {
  const at = `/api/v1/worksheets/${worksheetId}`;
  const { sections } = must<WorksheetDto>(await client.send("GET", at));
  const body = { baseVersion: sections?.criteria?.version, content: SAMPLE_ANSWERS };
  must(await client.send("PUT", `${at}/sections/criteria`, { body }));
}

/** Finds every criterion of what stands in review met. */
export async function meetCriteria(client: Client, worksheetId: string): Promise<void> {
  const at = `/api/v1/worksheets/${worksheetId}/criteria`;
  const { digest, criteria } = must<CriteriaDto>(await client.send("GET", at));
  for (const { id, decision } of criteria) {
    if (decision?.outcome === "met") continue;
    const body = { kind: "decision", digest, baseVersion: decision?.version ?? 0, outcome: "met" };
    must(await client.send("PUT", `${at}/${id}`, { body }));
  }
}
