"use client";

import { useState } from "react";
import { useAction } from "@/components/kit/use-action";
import { changesOf, fieldsOf, type RowFields } from "@/components/workbook/row-fields";
import { useOpenWorksheet } from "@/components/workbook/use-open-worksheet";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { fieldErrors } from "@/lib/client/field-errors";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { requiredDetails } from "@/lib/domain/workflow/disposition-rules";

/** The fields of one row; a component shows one row in its life. What somebody else saved meanwhile arrives as the row itself, with its newer version; the fields stay as typed. */
export function useDispositionForm(row: DispositionDto, accept: (rows: readonly DispositionDto[]) => void) {
  const [fields, setFields] = useState<RowFields>(() => fieldsOf(row));
  const [overtaken, setOvertaken] = useState(false);
  /** Once a save was tried, every detail that is missing is asked for at once. */
  const [tried, setTried] = useState(false);
  const { run, busy, error, clear } = useAction();
  const { open, openForLeaf } = useOpenWorksheet();

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
  const missing = requiredDetails(fields.disposition).filter(({ field }) => !fields[field]?.trim());
  /** Saves the changes; true when done. A first worksheet is opened by its own request, which also sets the choice. */
  const save = async () => {
    setTried(true);
    if (missing.length > 0) return undefined;
    return run(async () => {
      const { disposition, ...others } = changesOf(fields, row);
      const changes = opensWorksheet || disposition === undefined ? others : { ...others, disposition };
      if (Object.keys(changes).length > 0) setFields(fieldsOf(await patch(changes)));
      if (opensWorksheet) await open(row.id);
      return true;
    });
  };
  const missingOf = (name: keyof RowFields) =>
    tried ? missing.find(({ field }) => field === name)?.message : undefined;
  return {
    fields,
    set: (change: Partial<RowFields>) => setFields((now) => ({ ...now, ...change })),
    changed: Object.keys(changesOf(fields, row)).length > 0,
    opensWorksheet,
    save,
    openLeaf: (number: string) => run(() => openForLeaf(row.engagementId, number)),
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
