"use client";

import { Group, Loader, Select, Text } from "@mantine/core";
import { hasDraft } from "@/components/review/review-texts";
import { lastReviewedBefore, type VersionChoice } from "@/components/review/version-choice";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Chooses the text and what it is compared with: nothing, the revision reviewed last, or any earlier one. */
export function VersionBar(props: {
  readonly worksheet: WorksheetDto;
  readonly choice: VersionChoice;
  readonly changes: number | null;
  readonly busy: boolean;
  readonly onChange: (choice: VersionChoice) => void;
}) {
  const { worksheet, choice } = props;
  const numbers = worksheet.revisions.map(({ number }) => number).sort((a, b) => b - a);
  const shownOptions = [
    ...(hasDraft(worksheet) ? [{ value: "draft", label: `Draft of r${worksheet.revision}` }] : []),
    ...numbers.map((number) => ({ value: String(number), label: `Revision r${number}` })),
  ];
  const reviewed = lastReviewedBefore(worksheet, choice.shown);
  const earlier = numbers.filter((number) => choice.shown === "draft" || number < choice.shown);
  const compareOptions = [
    { value: "off", label: "Differences off" },
    ...earlier.map((number) => ({
      value: String(number),
      label: number === reviewed ? `Since last reviewed, r${number}` : `Since r${number}`,
    })),
  ];
  const show = (value: string | null) => {
    if (!value) return;
    const shown = value === "draft" ? "draft" : Number(value);
    props.onChange({ shown, comparedWith: lastReviewedBefore(worksheet, shown) });
  };
  return (
    <Group gap="xs">
      <Select
        aria-label="Text shown"
        size="xs"
        w={150}
        data={shownOptions}
        value={String(choice.shown)}
        onChange={show}
        allowDeselect={false}
      />
      {earlier.length > 0 ? (
        <Select
          aria-label="Differences"
          size="xs"
          w={200}
          data={compareOptions}
          value={choice.comparedWith === null ? "off" : String(choice.comparedWith)}
          onChange={(value) =>
            props.onChange({
              shown: choice.shown,
              comparedWith: value === null || value === "off" ? null : Number(value),
            })
          }
          allowDeselect={false}
        />
      ) : null}
      {props.busy ? <Loader size="xs" role="status" aria-label="Loading" /> : null}
      <Text size="sm" c="dimmed" aria-live="polite">
        {earlier.length === 0
          ? "The first text; there is nothing earlier to compare it with."
          : countWords(props.changes)}
      </Text>
    </Group>
  );
}

function countWords(changes: number | null): string {
  if (changes === null) return "";
  if (changes === 0) return "No difference";
  return changes === 1 ? "1 change" : `${changes} changes`;
}
