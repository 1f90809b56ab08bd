"use client";

import { Button } from "@mantine/core";
import { createContext, type ReactNode, useContext } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { EvidenceDto } from "@/lib/contracts/evidence";

const LinkCheck = createContext(false);

/** Tells the page whether links of evidence may be tried, which is the operator's to say. */
export function LinkCheckProvider(props: { readonly on: boolean; readonly children: ReactNode }) {
  return <LinkCheck value={props.on}>{props.children}</LinkCheck>;
}

/** Has the server try the link of a piece of evidence; what it finds stands on the card, with the day. */
export function TryLink({ link, onTried }: { readonly link: EvidenceDto; readonly onTried: () => void }) {
  const on = useContext(LinkCheck);
  const { run, busy, error } = useAction();
  if (!on || link.url === "") return null;
  const tryIt = async () => {
    if (await run(() => api.post<EvidenceDto>(`/evidence/${link.id}/link-check`, {}))) onTried();
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={tryIt}
        loading={busy}
        aria-label={`Try the link of ${link.title}`}
      >
        Try link
      </Button>
      <ProblemAlert error={error} />
    </>
  );
}
