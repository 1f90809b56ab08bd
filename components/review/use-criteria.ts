"use client";

import { useCallback, useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import { isAborted, isProblem } from "@/lib/client/errors";
import type { CriteriaDto, DecideCriterionInput } from "@/lib/contracts/criteria";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";

/** What somebody decides over a criterion, or proposes to. */
export type CriterionChoice = Pick<DecideCriterionInput, "outcome" | "note" | "acknowledgeCardNumber">;

/** The criteria of the revision on the page, and what can be done with them; calls throw what the API throws. */
export interface CriteriaHold {
  /** Null while they are loading, and for a draft, on which nothing is decided. */
  readonly criteria: CriteriaDto | null;
  /** True when they could not be loaded; `reload` tries again. */
  readonly failed: boolean;
  /** Null where this person decides and proposes nothing. */
  readonly decide: ((criterion: CriterionId, choice: CriterionChoice) => Promise<void>) | null;
  /** Reads them anew, for instance after a move. */
  readonly reload: () => Promise<void>;
}

/** Holds the criteria of the revision that is shown, beginning with those that came with the page. */
export function useCriteria(worksheetId: string, revision: number | null, initial: CriteriaDto | null): CriteriaHold {
  const [held, setHeld] = useState(initial);
  const criteria = held !== null && held.revision === revision ? held : null;
  const path = `/worksheets/${worksheetId}/criteria`;
  const [failed, setFailed] = useState(false);
  const read = useCallback(
    async (number: number, signal?: AbortSignal) => {
      setHeld(await api.get<CriteriaDto>(path, { query: { revision: number }, ...(signal ? { signal } : {}) }));
      setFailed(false);
    },
    [path],
  );
  const missing = criteria === null;
  useEffect(() => {
    if (revision === null || !missing) return;
    const stop = new AbortController();
    read(revision, stop.signal).catch((caught: unknown) => {
      // Without them nothing can be decided, which the page shows, with a way to try again.
      if (!isAborted(caught)) setFailed(true);
    });
    return () => stop.abort();
  }, [revision, missing, read]);

  const may = criteria?.may ?? null;
  const decide = async (criterion: CriterionId, choice: CriterionChoice) => {
    if (!criteria || may === null) return;
    const { digest } = criteria;
    const found = criteria.criteria.find(({ id }) => id === criterion)?.[may];
    const body: DecideCriterionInput = { kind: may, digest, baseVersion: found?.version ?? 0, ...choice };
    try {
      setHeld(await api.put<CriteriaDto>(`${path}/${criterion}`, body));
    } catch (caught) {
      // Somebody else decided first: what they decided is shown, and this person is told.
      if (isProblem(caught, "stale")) setHeld(caught.problem.current as CriteriaDto);
      throw caught;
    }
  };
  const reload = async () => {
    if (revision !== null) await read(revision);
  };
  return { criteria, failed: failed && missing, decide: may === null ? null : decide, reload };
}
