"use client";

import { Box, Text, Title } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { WrittenAnew } from "@/components/carry-over/written-anew";
import { DateText } from "@/components/kit/date-text";
import classes from "@/components/worksheet/criteria/criteria.module.css";
import { CriterionWords } from "@/components/worksheet/criteria/criterion-words";
import { LongField } from "@/components/worksheet/items/fields";
import { useSaver, useSaveState, useSectionContent } from "@/components/worksheet/saving/saver-context";
import { answerField } from "@/components/worksheet/section-anchor";
import { SectionFrame } from "@/components/worksheet/section-heading";
import { SectionTrouble } from "@/components/worksheet/section-trouble";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { type AskedCriterion, criteriaOf } from "@/lib/domain/worksheet/criteria";
import { answerTo, withAnswer } from "@/lib/domain/worksheet/criteria-answers";
import { ORIGIN_WORDS } from "@/lib/domain/worksheet/item-words";
import { CRITERIA_PART, type PartKey } from "@/lib/domain/worksheet/sections";

/** The criteria of the version to answer, each with a reason; they save like a section. */
export function CriteriaEditor(props: {
  readonly version: StandardVersion;
  readonly onMerge: (part: PartKey) => void;
}) {
  const saver = useSaver();
  const { base, trouble } = useSaveState(CRITERIA_PART);
  const mounted = useMounted();
  const flush = () => saver.flush(CRITERIA_PART);
  return (
    <SectionFrame
      section={CRITERIA_PART}
      number="B"
      aside={
        base.version > 0 &&
        mounted && (
          <Text size="xs" c="dimmed">
            {base.savedBy ?? "Somebody"}, <DateText value={base.savedAt} />
          </Text>
        )
      }
    >
      <Box onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && flush()}>
        <WrittenAnew section={CRITERIA_PART} />
        <SectionTrouble section={CRITERIA_PART} trouble={trouble} onMerge={() => props.onMerge(CRITERIA_PART)} />
        {criteriaOf(props.version).map((criterion) => (
          <CriterionField key={criterion.id} criterion={criterion} />
        ))}
      </Box>
    </SectionFrame>
  );
}

function CriterionField({ criterion }: { readonly criterion: AskedCriterion }) {
  const saver = useSaver();
  const { answers } = useSectionContent(CRITERIA_PART).items;
  const { id, number, title } = criterion;
  const heading = `criterion-${id}`;
  return (
    <Box role="group" className={classes.criterion} aria-labelledby={heading}>
      <Title order={3} size="h5" id={heading}>
        {number}. {title}
      </Title>
      <CriterionWords criterion={criterion} />
      {id === "beyond" && <ControlOrigins />}
      <LongField
        id={answerField(id)}
        label={`Why criterion ${number} is met`}
        topic={{ criterion: id }}
        value={answerTo(answers, id)}
        onChange={(answer) =>
          saver.edit(CRITERIA_PART, (now) => ({
            ...now,
            items: { answers: withAnswer(now.items.answers, id, answer) },
          }))
        }
      />
    </Box>
  );
}

/** What the worksheet says of where its controls come from, since that is what this criterion is judged by. */
function ControlOrigins() {
  const { controls } = useSectionContent("definition").items;
  if (controls.length === 0) return null;
  return (
    <Text size="sm" component="ul" className={classes.origins} aria-label="Where the controls come from">
      {controls.map(({ id, label, title, origin, requirementRef }) => (
        <li key={id}>
          {[label, title].filter(Boolean).join(" · ") || "Untitled control"}: {ORIGIN_WORDS[origin].toLowerCase()}
          {requirementRef === "" ? "" : `, ${requirementRef}`}
        </li>
      ))}
    </Text>
  );
}
