"use client";

import { Alert, Button, CopyButton, Group, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { SaveState } from "@/components/worksheet/saving/save-state";
import { useSaver } from "@/components/worksheet/saving/saver-context";
import { sectionText } from "@/components/worksheet/section-text";
import type { FieldError } from "@/lib/contracts/problem";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Why a section is not saved and what to do, for the troubles that a person has to settle. */
export function SectionTrouble(props: {
  readonly section: PartKey;
  readonly trouble: SaveState<SectionContent>["trouble"];
  readonly onMerge: () => void;
}) {
  const { trouble } = props;
  if (trouble?.kind === "clash") {
    return (
      <Note title={`${trouble.theirs.savedBy ?? "Somebody else"} changed the same text`}>
        <Text size="sm">Both texts are kept. Nothing is saved until you have chosen what stays.</Text>
        <Button size="compact-sm" mt="xs" onClick={props.onMerge}>
          Compare and merge
        </Button>
      </Note>
    );
  }
  if (trouble?.kind === "refused") {
    return (
      <Note title="The server does not take this text">
        <Text size="sm">{trouble.message} It is kept on this device; change it and it is saved again.</Text>
        <FieldErrors errors={trouble.errors} />
      </Note>
    );
  }
  if (trouble?.kind === "closed") {
    return (
      <Note title="This section can no longer be saved">
        <Text size="sm">{trouble.message} What you typed is kept on this device.</Text>
        <Group gap="xs" mt="xs">
          <CopyText section={props.section} />
        </Group>
      </Note>
    );
  }
  return null;
}

function Note({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={title} mb="sm" role="alert">
      {children}
    </Alert>
  );
}

function FieldErrors({ errors }: { readonly errors: readonly FieldError[] }) {
  return (
    <List size="sm" mt={4}>
      {errors.map(({ path, message }) => (
        <List.Item key={path + message}>
          {fieldName(path)}: {message}
        </List.Item>
      ))}
    </List>
  );
}

/** `content.items.controls.0.aboveAndBeyond` → `Controls 1, above and beyond`. */
function fieldName(path: string): string {
  const words = path
    .replace(/^content\.(items\.)?/u, "")
    .split(".")
    .map((part) => (/^\d+$/u.test(part) ? String(Number(part) + 1) : part.replace(/([A-Z])/gu, " $1").toLowerCase()));
  const [list = "", number, ...field] = words;
  if (list === "narrative" || number === undefined) return "Text";
  return [`${list.charAt(0).toUpperCase()}${list.slice(1)} ${number}`, ...field].join(", ");
}

function CopyText({ section }: { readonly section: PartKey }) {
  const saver = useSaver();
  return (
    <CopyButton value={sectionText(saver.content(section))}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy}>
          {copied ? "Copied" : "Copy my text"}
        </Button>
      )}
    </CopyButton>
  );
}
