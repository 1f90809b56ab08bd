"use client";

import { useState } from "react";
import type { ThreadDto } from "@/lib/contracts/review";

/** A comment that was begun: its text, and who is to read it. */
export interface BegunComment {
  readonly body: string;
  readonly visibility: ThreadDto["visibility"];
}

/** What was begun and not sent, by the place it is for. In memory only: a full load, as after a sign-out, forgets it. */
const begun = new Map<string, BegunComment>();

/** Has the browser ask before the page is closed over text that was not sent. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function keep(place: string, comment: BegunComment): void {
  if (comment.body === "") begun.delete(place);
  else begun.set(place, comment);
  if (begun.size > 0) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
}

/**
 * A comment that outlives its field: a sheet may close over it, another comment may be begun, the page may be left and
 * come back to. Without text it is let go; with `place` null it lives no longer than its field.
 */
export function useKeptComment(
  place: string | null,
  first: BegunComment,
): readonly [BegunComment, (part: Partial<BegunComment>) => void] {
  const [comment, setComment] = useState(() => (place === null ? undefined : begun.get(place)) ?? first);
  const change = (part: Partial<BegunComment>) => {
    const next = { ...comment, ...part };
    if (place !== null) keep(place, next);
    setComment(next);
  };
  return [comment, change];
}
