import type { Page } from "@playwright/test";
import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { ask } from "./api";

/** Answers every criterion of a worksheet, in the place of somebody who types it. */
export async function answerCriteria(writer: Page, worksheetId: string): Promise<void> {
  const { sections } = await ask<WorksheetDto>(writer, "GET", `/worksheets/${worksheetId}`);
  const baseVersion = sections?.criteria?.version;
  await ask(writer, "PUT", `/worksheets/${worksheetId}/sections/criteria`, { baseVersion, content: SAMPLE_ANSWERS });
}

/** Finds every criterion of what stands in review met, in the place of somebody who presses the buttons. */
export async function meetCriteria(decider: Page, worksheetId: string): Promise<void> {
  const { digest, criteria } = await ask<CriteriaDto>(decider, "GET", `/worksheets/${worksheetId}/criteria`);
  for (const { id, decision } of criteria) {
    const body = { kind: "decision", digest, baseVersion: decision?.version ?? 0, outcome: "met" };
    await ask(decider, "PUT", `/worksheets/${worksheetId}/criteria/${id}`, body);
  }
}
