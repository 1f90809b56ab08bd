"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { LazyMergeDialog } from "@/components/worksheet/merge/lazy-merge-dialog";
import { useSaver, useSaveState } from "@/components/worksheet/saving/saver-context";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** The pause in typing before the merge view comes up by itself, in milliseconds: it must not catch keys. */
const QUIET = 700;

/** Opens the merge view for a section whose save met somebody else's; `asked` opens one that was put off. */
export function MergeDesk({ asked, onClose }: { readonly asked: PartKey | null; readonly onClose: () => void }) {
  return useSaver().parts.map((key) => (
    <SectionMerge key={key} section={key} asked={asked === key} onClose={onClose} />
  ));
}

function SectionMerge(props: { readonly section: PartKey; readonly asked: boolean; readonly onClose: () => void }) {
  const { section, asked } = props;
  const saver = useSaver();
  const { trouble, content, base } = useSaveState(section);
  const [settled] = useDebouncedValue(content, QUIET);
  const [putOff, setPutOff] = useState<unknown>(null);
  const theirs = trouble?.kind === "clash" ? trouble.theirs : null;
  if (!theirs || !(asked || (settled === content && putOff !== theirs))) return null;
  const close = () => {
    setPutOff(theirs);
    props.onClose();
  };
  return (
    <LazyMergeDialog
      key={theirs.version}
      section={section}
      title="changed twice"
      base={base.content}
      mine={content}
      theirs={theirs.content}
      mineName="Your text"
      theirsName={theirs.savedBy ? `Saved by ${theirs.savedBy}` : "Saved meanwhile"}
      onClose={close}
      onLeave={close}
      onMerged={(merged) => {
        saver.handle(section, { type: "resolved", content: merged });
        props.onClose();
      }}
    />
  );
}
