"use client";

import { Alert, Button, CopyButton, Group, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import type { FoundText } from "@/components/worksheet/saving/unsent-text";
import { sectionText } from "@/components/worksheet/section-text";
import { PART_LABELS } from "@/lib/domain/worksheet/sections";

/** Offers unsent text of an earlier visit: take it up, compare it, or throw it away after asking once more. */
export function FoundNote(props: {
  readonly text: FoundText;
  /** Absent when the section cannot be written now; the text can then only be copied. */
  readonly onRestore?: (() => void) | undefined;
  readonly onCompare?: (() => void) | undefined;
  readonly onDiscard: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const at = new Date(props.text.at);
  const today = at.toDateString() === new Date().toDateString();
  const when = at.toLocaleString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(today ? {} : { day: "numeric", month: "short" }),
  });
  return (
    <Alert color="yellow" icon={<IconHistory size={18} aria-hidden />} mb="sm" title={`Unsent text from ${when} found`}>
      <Text size="sm">
        {PART_LABELS[props.text.section]}: it was typed on this device and did not reach the server.
        {props.text.plain !== null && " It holds what cannot be shown here: copy its words to where they belong."}
      </Text>
      <Group gap="xs" mt="xs">
        {props.onRestore && (
          <Button size="compact-sm" onClick={props.onRestore}>
            Restore
          </Button>
        )}
        {props.onCompare && (
          <Button size="compact-sm" variant="default" onClick={props.onCompare}>
            Compare
          </Button>
        )}
        {!props.onRestore && (
          <CopyButton value={props.text.plain ?? sectionText(props.text.content)}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
        )}
        {asking ? (
          <Button size="compact-sm" color="red" onClick={props.onDiscard}>
            Discard for good
          </Button>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
            Discard
          </Button>
        )}
      </Group>
    </Alert>
  );
}
