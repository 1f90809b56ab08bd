"use client";

import { useCallback, useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import { isAborted } from "@/lib/client/errors";
import type { SendOptions } from "@/lib/client/send";
import type { LaidOutDto } from "@/lib/contracts/review";
import type { SignOffStatement } from "@/lib/domain/sign-off/signed-statement";

/** A statement that was laid out, with what its bytes say. */
export interface ReadStatement extends LaidOutDto {
  readonly record: SignOffStatement;
}

/** Shorter than a statement may be signed (milliseconds): whoever reads for long gets a fresh one in time. */
const RENEW_MS = 4 * 60_000;

/**
 * Has the statement of a signature laid out: for a passkey with a challenge, otherwise for the system alone, and anew
 * before it is too old to be signed.
 * @param byPasskey null until it is known what the person will show
 */
export function useLaidOut(path: string, byPasskey: boolean | null) {
  const [statement, setStatement] = useState<ReadStatement | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const layOut = useCallback(
    async (options: SendOptions = {}) => {
      if (byPasskey === null) return;
      // Nobody signs one whose challenge was answered while another is on its way.
      if (!options.background) setStatement(null);
      try {
        const asked = { kind: "sign", reason: "", passkey: byPasskey };
        const laid = await api.post<LaidOutDto>(`${path}/statement`, asked, options);
        setStatement({ ...laid, record: JSON.parse(laid.payload) as SignOffStatement });
        setFailed(null);
      } catch (caught) {
        if (!isAborted(caught)) setFailed(caught);
      }
    },
    [path, byPasskey],
  );
  useEffect(() => {
    const stop = new AbortController();
    setStatement(null);
    const { signal } = stop;
    void layOut({ signal });
    const renewal = setInterval(() => void layOut({ signal, background: true }), RENEW_MS);
    return () => {
      clearInterval(renewal);
      stop.abort();
    };
  }, [layOut]);
  return { statement, failed, layOut };
}
