"use client";

import { Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { type CarryChoice, CarryDialog } from "@/components/carry-over/carry-dialog";
import classes from "@/components/carry-over/carry-over.module.css";
import { SectionCard } from "@/components/kit/section-card";
import { StateBadge } from "@/components/kit/status-badge";
import { TextLink } from "@/components/kit/text-link";
import type { CarrySourceDto } from "@/lib/contracts/carry-over";
import type { AssessmentType } from "@/lib/contracts/engagement";

/** Each worksheet of 3.2.1 with the numbers under which it may go on, and what changed on the way to each. */
export function CarrySources(props: {
  readonly engagementId: string;
  readonly assessmentType: AssessmentType;
  readonly items: readonly CarrySourceDto[];
  /** The one number that is asked about; null for all. */
  readonly number: string | null;
}) {
  const [choice, setChoice] = useState<CarryChoice | null>(null);
  return (
    <>
      {props.items.map((source) => (
        <SectionCard
          key={source.worksheetId}
          title={`${source.requirementNumber} ${source.requirementTitle}`}
          description={<SourceFacts source={source} />}
        >
          <Places source={source} number={props.number} onChoose={setChoice} />
        </SectionCard>
      ))}
      {choice && (
        <CarryDialog
          key={`${choice.source.worksheetId} ${choice.place.number}`}
          engagementId={props.engagementId}
          assessmentType={props.assessmentType}
          choice={choice}
          onClose={() => setChoice(null)}
        />
      )}
    </>
  );
}

function SourceFacts({ source }: { readonly source: CarrySourceDto }) {
  return (
    <Group gap="xs">
      <StateBadge state={source.state} />
      <span>
        {source.engagement.name}, {source.revision === null ? "its draft" : `revision ${source.revision}`}
      </span>
      <TextLink href={`/worksheets/${source.worksheetId}`} inherit>
        Open it
      </TextLink>
    </Group>
  );
}

function Places(props: {
  readonly source: CarrySourceDto;
  readonly number: string | null;
  readonly onChoose: (choice: CarryChoice) => void;
}) {
  const { source, number, onChoose } = props;
  const places = source.places.filter((place) => number === null || place.number === number);
  if (places.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing in 4.0.1 that takes a worksheet took its place.
      </Text>
    );
  }
  return (
    <ul className={classes.places} aria-label={`Where ${source.requirementNumber} may go on`}>
      {places.map((place) => (
        <li key={place.number} className={classes.place}>
          <div className={classes.placeWords}>
            <Group gap="xs">
              <Text fw={600} component="span">
                {place.number} {place.title}
              </Text>
              {place.confidence !== "high" && (
                <Badge size="sm" variant="light" color="yellow">
                  {place.confidence === null ? "Part of it" : "Not sure: read both"}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" maw="75ch">
              {place.changed}
            </Text>
          </div>
          {place.worksheetId === null ? (
            <Button variant="default" onClick={() => onChoose({ source, place })}>
              Carry over to {place.number}
            </Button>
          ) : (
            <TextLink href={`/worksheets/${place.worksheetId}`}>It has a worksheet</TextLink>
          )}
        </li>
      ))}
    </ul>
  );
}
