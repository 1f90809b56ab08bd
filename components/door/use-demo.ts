"use client";

import { useCallback, useEffect, useState } from "react";
import { api } from "@/lib/client/api";
import { SIGNING_IN } from "@/lib/client/sign-in";
import type { DemoCodeDto, DemoSignInsDto } from "@/lib/contracts/factors";

/** Never more often than this, milliseconds. */
const LEAST_PAUSE = 1000;

/** Asks for the demo's sign-ins, and again when one of their codes begins or ceases to be taken. */
export function useDemoSignIns(first: DemoSignInsDto | null, wanted = true) {
  const [demo, setDemo] = useState(first);
  const refresh = useCallback(async () => {
    const next = await api.get<DemoSignInsDto>("/demo/sign-ins", SIGNING_IN).catch(() => null);
    if (next) setDemo(next);
  }, []);
  useEffect(() => {
    if (!wanted) return;
    if (!demo) {
      void refresh();
      return;
    }
    const now = Date.parse(demo.now);
    const next = demo.items.flatMap(({ code }) =>
      code ? [Date.parse(isOpen(code, now) ? code.until : code.from)] : [],
    );
    if (next.length === 0) return;
    const timer = setTimeout(() => void refresh(), Math.max(Math.min(...next) - now, LEAST_PAUSE));
    return () => clearTimeout(timer);
  }, [demo, refresh, wanted]);
  return { demo, refresh };
}

/** Whether a code is taken at an instant (milliseconds). */
export function isOpen(code: DemoCodeDto, now: number): boolean {
  return Date.parse(code.from) <= now;
}

/** The code of one of the demo's people, once it is taken, and what to say about it. Nothing for others. */
export function useDemoCode(person: { readonly email: string; readonly name: string | null } | null) {
  const { demo, refresh } = useDemoSignIns(null, person !== null);
  const found = demo?.items.find(
    ({ email, name }) => email === person?.email.trim().toLowerCase() || name === person?.name,
  );
  const code = found?.code;
  if (!demo || !found || !code) return { code: null, words: null, refresh };
  const now = Date.parse(demo.now);
  if (isOpen(code, now)) return { code: code.code, words: `The demo shows the code of ${found.name}’s app.`, refresh };
  const seconds = Math.ceil((Date.parse(code.from) - now) / 1000);
  const words = `Each code works once. The next one of ${found.name}’s app comes in ${seconds} seconds.`;
  return { code: null, words, refresh };
}
