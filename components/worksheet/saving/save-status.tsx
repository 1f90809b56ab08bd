"use client";

import { Button, Group, Text } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import {
  IconAlertTriangle,
  IconCheck,
  IconCloudOff,
  IconCloudUp,
  IconGitMerge,
  IconLock,
  IconPencil,
  type TablerIcon,
} from "@tabler/icons-react";
import { useCallback, useRef, useSyncExternalStore } from "react";
import { shortDate } from "@/components/kit/dates";
import { type SaveStatus, summariseSaves } from "@/components/worksheet/saving/save-summary";
import { useSaver } from "@/components/worksheet/saving/saver-context";
import { hasText } from "@/lib/domain/worksheet/sections";

interface Look {
  readonly words: string;
  readonly icon: TablerIcon;
  readonly tone: "dimmed" | "orange" | "red";
}

const LOOKS: Readonly<Record<SaveStatus, Look>> = {
  clash: { words: "Not saved: somebody else changed the same text", icon: IconGitMerge, tone: "red" },
  closed: { words: "Not saved: no longer open for editing", icon: IconLock, tone: "red" },
  refused: { words: "Not saved: see the section", icon: IconAlertTriangle, tone: "red" },
  offline: { words: "Not saved: offline (kept on this device)", icon: IconCloudOff, tone: "orange" },
  unavailable: { words: "Not saved yet: the server is busy (kept on this device)", icon: IconCloudOff, tone: "orange" },
  saving: { words: "Saving…", icon: IconCloudUp, tone: "dimmed" },
  unsaved: { words: "Unsaved", icon: IconPencil, tone: "dimmed" },
  saved: { words: "Saved", icon: IconCheck, tone: "dimmed" },
};

/** Whether what one typed is safe, in a few words that do not move the page. Troubles are announced, quiet saving is not. */
export function SaveStatusText({ cannotKeep }: { readonly cannotKeep: boolean }) {
  const saver = useSaver();
  const last = useRef<ReturnType<typeof summariseSaves> | null>(null);
  const read = useCallback(() => {
    const now = summariseSaves(saver.parts.filter(hasText).map(saver.state));
    const same = last.current?.status === now.status && last.current.savedAt === now.savedAt;
    if (!same) last.current = now;
    return last.current ?? now;
  }, [saver]);
  const { status, savedAt } = useSyncExternalStore(saver.subscribe, read, read);
  const mounted = useMounted();
  const { words, icon: Icon, tone } = LOOKS[status];
  const trouble = tone !== "dimmed";
  const when = savedAt && mounted ? savedWhen(new Date(savedAt), new Date()) : "";
  const kept = cannotKeep ? words.replace("kept on this device", "keep this page open") : words;
  return (
    <Group gap={6} miw={0} flex={1} data-save-status={status}>
      <Text span size="sm" c={tone} role={trouble ? "alert" : undefined} className="tabular">
        <Icon size={16} stroke={1.75} aria-hidden="true" style={{ verticalAlign: "-3px", marginInlineEnd: 6 }} />
        {status === "saved" ? `${words} ${when}`.trim() : kept}
      </Text>
      {(status === "offline" || status === "unavailable") && (
        <Button size="compact-xs" variant="light" color="orange" onClick={saver.retryAll}>
          Try now
        </Button>
      )}
    </Group>
  );
}

/** The time of a save of today, `10:42`; the day of an older one, `6 Oct`. */
function savedWhen(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString())
    return at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return shortDate(at.toISOString(), now, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
