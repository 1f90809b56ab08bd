"use client";

import { Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useState } from "react";
import { useRefresh } from "@/components/kit/refresh";
import { anchorName, itemNames } from "@/components/review/anchors";
import { DecisionBar, WAITING_WORDS } from "@/components/review/decision-bar";
import { MoveDialogs } from "@/components/review/move-dialogs";
import { isDecidable } from "@/components/review/review-texts";
import { shownName } from "@/components/review/shown-text";
import { ThreadCard } from "@/components/review/thread-card";
import { type Threads, useThreads } from "@/components/review/use-threads";
import type { ThreadDto } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetMove } from "@/lib/domain/workflow/states";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";

/** What can be done without the text: it goes back, or what was said of it by its digest is taken back. */
const WITHOUT_TEXT: readonly WorksheetMove[] = ["request_changes", "send_back", "withdraw", "revoke", "reopen"];

/** The bar of a text that was changed in the database: it can be sent back, and nothing can be decided over it. */
export function DamagedMoves(props: {
  readonly worksheet: WorksheetDto;
  /** The revision's number. */
  readonly revision: number;
  /** Of what was frozen, SHA-256, hex. */
  readonly digest: string;
  /** Every thread that the person reads: they stand here without the text that they are about. */
  readonly threads: readonly ThreadDto[];
  /** What stands between the threads and the bar. */
  readonly children: ReactNode;
  /** The day that evidence is judged by, `YYYY-MM-DD`. */
  readonly today: string;
}) {
  const { worksheet, revision, digest } = props;
  const refresh = useRefresh();
  const threads = useThreads(worksheet.id, props.threads);
  const [chosen, setChosen] = useState<MovePermission | null>(null);
  const decidable = isDecidable(worksheet, revision);
  const moves = decidable ? worksheet.permissions.moves.filter(({ move }) => WITHOUT_TEXT.includes(move)) : [];
  const shown = shownName(revision, worksheet);
  const readAnew = () => {
    setChosen(null);
    refresh();
  };
  return (
    <>
      <DamagedThreads threads={threads} />
      {props.children}
      <DecisionBar
        openThreads={null}
        criteria={null}
        shown={shown}
        digest={digest}
        where=""
        moves={moves}
        held={[]}
        note={decidable ? WAITING_WORDS[worksheet.state] : "Decisions are made on the newest text: choose it above."}
        onThreads={() => undefined}
        onMove={setChosen}
      />
      <MoveDialogs
        worksheet={worksheet}
        moves={moves}
        shown={shown}
        read={{ revision, digest }}
        evidence={[]}
        today={props.today}
        chosen={chosen}
        openThreads={threads.all.filter(({ resolvedAt }) => resolvedAt === null).length}
        commentIds={[]}
        onClose={() => setChosen(null)}
        onMoved={(next) => {
          const message = `${next.header.requirementNumber} is now: ${STATE_LABELS[next.state]}.`;
          notifications.show({ color: "green", position: "top-center", title: "Done", message });
          readAnew();
          // The button that began the move goes with the next state.
          document.getElementById("content")?.focus();
        }}
        onReload={readAnew}
      />
    </>
  );
}

/** The discussion: without the text its items have no names, but their parts and the criteria do. */
function DamagedThreads({ threads }: { readonly threads: Threads }) {
  if (threads.all.length === 0) return null;
  const names = itemNames({});
  return (
    <Stack component="section" gap="sm" maw={720} mb="lg" aria-labelledby="damaged-threads">
      <Title order={2} id="damaged-threads">
        Threads
      </Title>
      {threads.all.map((thread) => {
        const { id, section, itemId } = thread;
        const known = itemId !== null && names.has(itemId) ? itemId : null;
        return (
          <ThreadCard
            key={id}
            thread={thread}
            about={anchorName({ section, itemId: known }, names)}
            onReply={(body) => threads.reply(id, body)}
            onResolve={(resolved) => threads.setResolved(id, resolved)}
          />
        );
      })}
    </Stack>
  );
}
