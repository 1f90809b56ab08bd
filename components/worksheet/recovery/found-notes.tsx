"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useState } from "react";
import { LazyMergeDialog } from "@/components/worksheet/merge/lazy-merge-dialog";
import { FoundNote } from "@/components/worksheet/recovery/found-note";
import { useFoundTexts } from "@/components/worksheet/recovery/use-found-texts";
import type { Stored } from "@/components/worksheet/saving/save-state";
import { useSaver } from "@/components/worksheet/saving/saver-context";
import type { FoundText, UnsentPlace } from "@/components/worksheet/saving/unsent-text";
import { isSame } from "@/lib/domain/same";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Unsent texts of earlier visits, offered above the document. */
export function FoundNotes({
  place,
  writable,
}: {
  readonly place: UnsentPlace;
  readonly writable: (part: PartKey) => boolean;
}) {
  const saver = useSaver();
  const saved = useCallback((key: PartKey) => saver.state(key).base.content, [saver]);
  const { found, drop } = useFoundTexts(place, saved);
  const [comparing, setComparing] = useState<FoundText | null>(null);

  const canTake = (text: FoundText) => text.plain === null && writable(text.section);
  const takeUp = (text: FoundText, content: SectionContent, base: Stored<SectionContent>) => {
    const before = saver.state(text.section);
    saver.handle(text.section, { type: "recovered", content, base });
    if (saver.state(text.section) === before && !isSame(content, before.content)) {
      notifications.show({
        color: "orange",
        title: "Not restored yet",
        message: "Text on this page is not saved. Wait until it is.",
      });
      return;
    }
    drop(text);
  };
  const restore = (text: FoundText) => {
    const now = saver.state(text.section).base;
    // The last save of that visit may have arrived without its answer.
    const arrived = text.attempt !== null && isSame(text.attempt.content, now.content);
    takeUp(text, text.content, arrived ? now : text.base);
  };

  return (
    <>
      {found.map((text) => (
        <FoundNote
          key={text.storeKey}
          text={text}
          onRestore={canTake(text) ? () => restore(text) : undefined}
          onCompare={canTake(text) ? () => setComparing(text) : undefined}
          onDiscard={() => drop(text)}
        />
      ))}
      {comparing && (
        <LazyMergeDialog
          section={comparing.section}
          title="Compare unsent text with what is saved"
          base={comparing.base.content}
          mine={comparing.content}
          theirs={saver.state(comparing.section).content}
          mineName="Found on this device"
          theirsName="Saved now"
          onClose={() => setComparing(null)}
          onLeave={() => setComparing(null)}
          onMerged={(content) => {
            takeUp(comparing, content, saver.state(comparing.section).base);
            setComparing(null);
          }}
        />
      )}
    </>
  );
}
