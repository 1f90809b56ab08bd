import { type ReactNode, useEffect } from "react";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { storedOf } from "@/components/worksheet/saving/send-section";
import { type PageSaver, useWorksheetSaver } from "@/components/worksheet/saving/use-worksheet-saver";
import type { WorksheetHold } from "@/components/worksheet/use-worksheet";
import type { MeDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/**
 * Starts the saver of a worksheet or a record, and keeps it in step with the server.
 * @param mayEdit whether its reader may write any part of it now
 * @returns the saver of the page, and the question about card numbers, to be shown beside it
 */
export function useKeptSaver(
  { worksheet, refreshSoon }: WorksheetHold,
  me: Pick<MeDto, "id">,
  sections: NonNullable<WorksheetDto["sections"]>,
  mayEdit: boolean,
): { readonly page: PageSaver; readonly question: ReactNode } {
  const { ask, question } = useCardNumberQuestion();
  const page = useWorksheetSaver(worksheet.id, me.id, sections, refreshSoon, ask);
  const { saver } = page;
  // Newer versions of others appear in parts that are not being edited here.
  useEffect(() => {
    for (const part of Object.values(sections)) saver.handle(part.key, { type: "remote", stored: storedOf(part) });
  }, [saver, sections]);
  // What was opened again takes what was held back.
  useEffect(() => {
    if (mayEdit) saver.retryAll();
  }, [saver, mayEdit]);
  return { page, question };
}
