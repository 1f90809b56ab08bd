"use client";

import { Group, Paper, Radio, Stack, Textarea } from "@mantine/core";
import { useMemo } from "react";
import { tooLong } from "@/components/kit/too-long";
import classes from "@/components/worksheet/merge/merge.module.css";
import { bothOf, type Choice, canEdit, canTakeBoth, chosenValue } from "@/components/worksheet/merge/merge-choices";
import { type NameOf, partText, partTitle } from "@/components/worksheet/merge/part-text";
import { diffWords, type WordRun } from "@/components/worksheet/merge/word-diff";
import { LazyNarrativeEditor } from "@/components/worksheet/narrative/lazy-narrative-editor";
import type { MergePart } from "@/lib/domain/worksheet/merge";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

/** How the two sides are called. */
export interface SideNames {
  readonly mine: string;
  readonly theirs: string;
}

interface PartChooserProps {
  readonly part: MergePart;
  readonly names: SideNames;
  readonly nameOf: NameOf;
  readonly choice: Choice | null;
  readonly onChoose: (choice: Choice) => void;
}

/** A part that both sides changed: the two versions with their differences, and the choice between them. */
export function PartChooser({ part, names, nameOf, choice, onChoose }: PartChooserProps) {
  const pick = (take: string) => {
    if (take === "edited") onChoose({ take, value: choice ? chosenValue(part, choice) : bothOf(part) });
    else if (take === "mine" || take === "theirs" || take === "both") onChoose({ take });
  };
  return (
    <Paper withBorder p="md">
      <Radio.Group label={partTitle(part)} value={choice?.take ?? ""} onChange={pick}>
        <SideBySide part={part} names={names} nameOf={nameOf} />
        <Group gap="lg" mt="sm">
          <Radio value="mine" label={names.mine} />
          <Radio value="theirs" label={names.theirs} />
          {canTakeBoth(part) && <Radio value="both" label="Both, one after the other" />}
          {canEdit(part) && <Radio value="edited" label="Edit" />}
        </Group>
      </Radio.Group>
      {choice?.take === "edited" && (
        <PartEditor part={part} value={choice.value} onChange={(value) => onChoose({ take: "edited", value })} />
      )}
    </Paper>
  );
}

function PartEditor(props: {
  readonly part: MergePart;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const { part, value, onChange } = props;
  const label = `${partTitle(part)}, merged`;
  return (
    <Stack mt="sm">
      {part.kind === "narrative" ? (
        <LazyNarrativeEditor label={label} value={value as Narrative} onChange={onChange} placeholder="" />
      ) : (
        <Textarea
          label={label}
          autosize
          minRows={3}
          value={String(value)}
          error={tooLong(String(value), 20_000)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}

/** Both versions of a part, what each has alone marked. */
export function SideBySide({ part, names, nameOf }: Pick<PartChooserProps, "part" | "names" | "nameOf">) {
  const mine = partText(part, part.mine, nameOf);
  const theirs = partText(part, part.theirs, nameOf);
  const { left, right } = useMemo(() => diffWords(mine ?? "", theirs ?? ""), [mine, theirs]);
  const alike = mine !== null && mine === theirs;
  return (
    <div className={classes.sides}>
      <Side name={names.mine} runs={left} gone={mine === null} alike={alike} kind="mine" />
      <Side name={names.theirs} runs={right} gone={theirs === null} alike={alike} kind="theirs" />
    </div>
  );
}

function Side(props: {
  readonly name: string;
  readonly runs: readonly WordRun[];
  readonly gone: boolean;
  readonly alike: boolean;
  readonly kind: "mine" | "theirs";
}) {
  const empty = props.runs.every(({ text }) => text === "");
  return (
    <div className={classes.side}>
      <p className={classes.sideName}>{props.name}</p>
      {props.gone || empty ? (
        <p className={classes.nothing}>{props.gone ? "Not there" : "Empty"}</p>
      ) : (
        <div className={classes.text} data-kind={props.kind}>
          {props.runs.map((run, at) =>
            run.own ? <mark key={runKey(at)}>{run.text}</mark> : <span key={runKey(at)}>{run.text}</span>,
          )}
        </div>
      )}
      {props.alike && <p className={classes.nothing}>The words are the same; the formatting differs.</p>}
    </div>
  );
}

/** Runs stand in one order for good, so a run's place is its identity. */
function runKey(place: number): string {
  return `run ${place}`;
}
