"use client";

import { List, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { DisputedMark } from "@/components/catalogue/disputed-mark";
import classes from "@/components/scope/scope.module.css";
import type { ReasonLine } from "@/components/scope/select-requirements";

const SHORT = 150;

/** Reasons by article row. Long ones begin folded, with the first in two lines; `of` names what they belong to. */
export function ReasonList({ lines, of }: { readonly lines: readonly ReasonLine[]; readonly of: string }) {
  const [opened, setOpened] = useState(false);
  const [first] = lines;
  if (!first) return null;
  const foldable = lines.length > 1 || first.text.length > SHORT;
  if (!foldable || opened) {
    return (
      <div>
        <List size="sm" listStyleType="none" spacing={4}>
          {lines.map((line) => (
            <List.Item key={`${line.row} ${line.text}`}>
              <Reason line={line} />
            </List.Item>
          ))}
        </List>
        {foldable ? <Fold label="Less" of={of} opened onClick={() => setOpened(false)} /> : null}
      </div>
    );
  }
  return (
    <div>
      <Text size="sm" lineClamp={2}>
        <Reason line={first} />
      </Text>
      <Fold
        label={lines.length > 1 ? `All ${lines.length} reasons` : "More"}
        of={of}
        opened={false}
        onClick={() => setOpened(true)}
      />
    </div>
  );
}

function Reason({ line }: { readonly line: ReasonLine }) {
  return (
    <>
      <Text span inherit c="dimmed">
        {line.row}
      </Text>{" "}
      <DisputedMark row={line.row} weight={line.weight} />
      {line.text}
    </>
  );
}

function Fold(props: {
  readonly label: string;
  readonly of: string;
  readonly opened: boolean;
  readonly onClick: () => void;
}) {
  return (
    <UnstyledButton
      className={classes.fold}
      aria-expanded={props.opened}
      onClick={props.onClick}
      aria-label={`${props.label}: ${props.of}`}
    >
      {props.label}
    </UnstyledButton>
  );
}
