"use client";

import { useState } from "react";
import { useAction } from "@/components/kit/use-action";
import { changesOf, fieldsOf, type RowFields } from "@/components/workbook/row-fields";
import { useOpenWorksheet } from "@/components/workbook/use-open-worksheet";
import type { Rows } from "@/components/workbook/use-rows";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { fieldErrors } from "@/lib/client/field-errors";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import { requiredDetails } from "@/lib/domain/workflow/disposition-rules";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { kindOf } from "@/lib/domain/workflow/documents";

/**
 * The fields of one row; a component shows one row in its life, beginning with a choice for it where one is made already.
 * What somebody else saved meanwhile arrives as the row itself, with its newer version; the fields stay as typed.
 */
export function useDispositionForm(row: DispositionDto, accept: Rows["accept"], chosen: Disposition | null) {
  const [fields, setFields] = useState<RowFields>(() => ({
    ...fieldsOf(row),
    ...(chosen && { disposition: chosen }),
  }));
  const [overtaken, setOvertaken] = useState(false);
  /** Once a save was tried, every detail that is missing is asked for at once. */
  const [tried, setTried] = useState(false);
  const { run, busy, error, clear } = useAction();
  const { open, rowForLeaf } = useOpenWorksheet();

  const patch = async (changes: Partial<RowFields>): Promise<DispositionDto> => {
    try {
      const saved = await api.patch<DispositionDto>(`/dispositions/${row.id}`, { version: row.version, ...changes });
      accept([saved]);
      setOvertaken(false);
      return saved;
    } catch (caught) {
      if (isProblem(caught, "stale") && caught.problem.current) {
        accept([caught.problem.current as DispositionDto]);
        setOvertaken(true);
      }
      throw caught;
    }
  };
  const opensWorksheet = fields.disposition === "compensating_control" && row.worksheet === null;
  /** What is chosen is shown by a record that is still to be opened, which the drawer offers once the choice is saved. */
  const wanted = kindOf(fields.disposition);
  const callsForRecord = wanted !== null && wanted !== "ccw" && !row.records.some(({ kind }) => kind === wanted);
  const missing = requiredDetails(fields.disposition).filter(({ field }) => !fields[field]?.trim());
  /** Saves the changes; true when done. */
  const save = async () => {
    setTried(true);
    if (missing.length > 0) return undefined;
    return run(async () => {
      const changes = changesOf(fields, row);
      if (Object.keys(changes).length > 0) setFields(fieldsOf(await patch(changes)));
      return true;
    });
  };
  /** Saves the other changes, then opens the first worksheet by its own request, which also sets the choice. */
  const openWorksheet = async (input: OpenWorksheetInput) => {
    const { disposition, ...others } = changesOf(fields, row);
    if (Object.keys(others).length > 0) {
      const saved = fieldsOf(await patch(others));
      setFields({ ...saved, disposition: disposition ?? saved.disposition });
    }
    await open(row.id, input);
  };
  /** The row of a requirement below a grouping; null where that has a worksheet, which is gone to. */
  const leafRow = (number: string) =>
    run(async () => {
      const leaf = await rowForLeaf(row.engagementId, number);
      if (leaf) accept([leaf]);
      return leaf;
    });
  const missingOf = (name: keyof RowFields) =>
    tried ? missing.find(({ field }) => field === name)?.message : undefined;
  return {
    fields,
    set: (change: Partial<RowFields>) => setFields((now) => ({ ...now, ...change })),
    changed: Object.keys(changesOf(fields, row)).length > 0,
    opensWorksheet,
    callsForRecord,
    save,
    openWorksheet,
    leafRow,
    /** Stores that the requirement is not met by the customized approach any more; what is typed stays. */
    giveUpCustomized: () => patch({ disposition: "undecided" }),
    busy,
    /** Null while every complaint stands beside its field, or is the overtaking that is explained on its own. */
    error: overtaken || fieldErrors(error).some(({ path }) => path in fields) ? null : error,
    errorOf: (name: keyof RowFields) =>
      missingOf(name) ?? fieldErrors(error).find(({ path }) => path === name)?.message,
    overtaken,
    takeTheirs: () => {
      setFields(fieldsOf(row));
      setOvertaken(false);
      clear();
    },
  };
}
