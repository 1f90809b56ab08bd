"use client";

import { Anchor, Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconClock, IconClockExclamation, IconClockX, IconExternalLink, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { DateText } from "@/components/kit/date-text";
import { lazyPart } from "@/components/kit/lazy-part";
import { TextLink } from "@/components/kit/text-link";
import { EvidenceFiles } from "@/components/worksheet/panel/evidence-files";
import { RemoveEvidence } from "@/components/worksheet/panel/remove-evidence";
import { TryLink } from "@/components/worksheet/panel/try-link";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { PART_LABELS, type TextPartKey } from "@/lib/domain/worksheet/sections";

const EvidenceForm = lazyPart(
  () => import("@/components/worksheet/panel/evidence-form").then((module) => module.EvidenceForm),
  { what: "The form" },
);

const FRESHNESS = {
  fresh: { word: "Valid", tone: "green", icon: IconClock },
  expiring: { word: "Expires soon", tone: "yellow", icon: IconClockExclamation },
  expired: { word: "Expired", tone: "red", icon: IconClockX },
} as const;

/** The evidence of a section, links and files: read, add, change, remove. */
export function EvidenceTab(props: {
  readonly worksheet: WorksheetDto;
  readonly section: TextPartKey;
  /** Names of items by id, for what a link is attached to. */
  readonly itemNames: ReadonlyMap<string, string>;
  readonly onChanged: () => void;
}) {
  const { worksheet, section } = props;
  const [editing, setEditing] = useState<EvidenceDto | "new" | null>(null);
  const all = worksheet.evidence ?? [];
  const here = all.filter((link) => link.section === section);
  const may = worksheet.permissions.evidence;
  return (
    <Stack gap="sm">
      {here.length === 0 && (
        <Text size="sm" c="dimmed">
          No evidence for “{PART_LABELS[section]}” yet. Link or upload what shows that a statement is true: a ticket, a
          policy, a report, a configuration.
        </Text>
      )}
      {here.map((link) => (
        <EvidenceCard
          key={link.id}
          worksheetId={worksheet.id}
          link={link}
          about={link.itemId === null ? null : (props.itemNames.get(link.itemId) ?? "An item that is no longer there")}
          onEdit={may && link.controlRecordId === null ? () => setEditing(link) : null}
          register={
            link.controlRecordId && `/engagements/${worksheet.engagementId}/controls?control=${link.controlRecordId}`
          }
          onChanged={props.onChanged}
        />
      ))}
      {may && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setEditing("new")}
          >
            Add evidence
          </Button>
        </Group>
      )}
      {all.length > here.length && (
        <Text size="xs" c="dimmed">
          {all.length - here.length} more in other sections.
        </Text>
      )}
      {editing !== null && (
        <EvidenceForm
          worksheetId={worksheet.id}
          section={section}
          link={editing === "new" ? null : editing}
          itemNames={props.itemNames}
          onClose={() => setEditing(null)}
          onLeave={() => setEditing(null)}
          onSaved={props.onChanged}
        />
      )}
    </Stack>
  );
}

function EvidenceCard(props: {
  readonly worksheetId: string;
  readonly link: EvidenceDto;
  readonly about: string | null;
  readonly onEdit: (() => void) | null;
  /** The address of the shared control that it came with, where alone it changes. */
  readonly register: string | null;
  readonly onChanged: () => void;
}) {
  const { link } = props;
  const { word, tone, icon: Icon } = FRESHNESS[link.freshness];
  return (
    <Paper withBorder p="sm" component="article" aria-label={`Evidence ${link.title}`}>
      {link.url === "" ? (
        <Text fw={550} size="sm">
          {link.title}
        </Text>
      ) : (
        <Anchor href={link.url} target="_blank" rel="noopener noreferrer nofollow" fw={550} size="sm">
          {link.title} <IconExternalLink size={13} aria-label="opens in a new tab" />
        </Anchor>
      )}
      {props.about && (
        <Text size="xs" c="dimmed">
          For {props.about}
        </Text>
      )}
      {link.shows && (
        <Text size="sm" mt={4} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {link.shows}
        </Text>
      )}
      <Group gap={6} mt={6}>
        <Badge size="sm" color={tone} leftSection={<Icon size={12} aria-hidden />}>
          {word}
        </Badge>
        <Text size="xs" c="dimmed" component="div">
          collected <DateText value={link.collectedOn} plain />
          {link.validUntil && (
            <>
              , valid until <DateText value={link.validUntil} plain />
            </>
          )}
        </Text>
      </Group>
      {link.linkCheck && (
        <Text size="xs" c="dimmed" component="div">
          Link tried <DateText value={link.linkCheck.at} />: {link.linkCheck.outcome}
        </Text>
      )}
      <EvidenceFiles
        worksheetId={props.worksheetId}
        link={link}
        may={props.onEdit !== null}
        onChanged={props.onChanged}
      />
      {props.register && (
        <Text size="xs" mt={6}>
          Evidence of a shared control.{" "}
          <TextLink href={props.register} size="xs">
            Change it in the register
          </TextLink>
        </Text>
      )}
      {props.onEdit && (
        <Group gap={6} mt={8}>
          <Button size="compact-xs" variant="default" onClick={props.onEdit}>
            Change
          </Button>
          <TryLink link={link} onTried={props.onChanged} />
          <RemoveEvidence link={link} onRemoved={props.onChanged} />
        </Group>
      )}
    </Paper>
  );
}
