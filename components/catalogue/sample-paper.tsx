"use client";

import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/components/catalogue/sample.module.css";
import { plainSection } from "@/components/review/display";
import { plainCriteria } from "@/components/review/display-criteria";
import { plainEvidence } from "@/components/review/evidence-links";
import { SectionView } from "@/components/review/section-view";
import type { SampleDto } from "@/lib/contracts/sample";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import { partHint } from "@/lib/domain/worksheet/section-hints";
import { CRITERIA_PART, PART_LABELS, type PartKey, sectionOrder } from "@/lib/domain/worksheet/sections";

/** A sample to read, laid out as a worksheet is: the six rows, and the answers to the criteria. */
export function SamplePaper({ sample }: { readonly sample: SampleDto }) {
  const { sections, standardVersion, answers } = sample;
  const evidence = sample.evidence.map(named);
  return (
    <div className={classes.paper}>
      {sectionOrder(standardVersion).map((key, at) => (
        <Row key={key} part={key} number={String(at + 1)}>
          <SectionView
            worksheetId=""
            section={plainSection(sections, key)}
            evidence={plainEvidence(
              evidence.filter(({ section }) => section === key),
              () => "fresh",
            )}
            talk={null}
          />
        </Row>
      ))}
      <Row part={CRITERIA_PART} number="B">
        <SectionView worksheetId="" section={plainCriteria(answers, standardVersion)} evidence={[]} talk={null} />
      </Row>
    </div>
  );
}

/** No bytes stand behind a sample's files, so they are named and not offered. */
function named({ files = [], ...link }: EvidenceLink): EvidenceLink {
  const names = files.map(({ name }) => name).join(", ");
  return names === "" ? link : { ...link, shows: [link.shows, `(${names})`].filter(Boolean).join(" ") };
}

function Row(props: { readonly part: PartKey; readonly number: string; readonly children: ReactNode }) {
  const id = `sample-${props.part}`;
  return (
    <section className={classes.row} aria-labelledby={id}>
      <Title order={2} id={id}>
        <span className={classes.number}>{props.number}</span>
        {PART_LABELS[props.part]}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {partHint(props.part)}
      </Text>
      {props.children}
    </section>
  );
}
