"use client";

import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconCheck, IconCircleDashed, IconHelp, IconMessage, IconX, type TablerIcon } from "@tabler/icons-react";
import { useState } from "react";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { tooLong } from "@/components/kit/too-long";
import { useAction } from "@/components/kit/use-action";
import classes from "@/components/review/criteria.module.css";
import pageClasses from "@/components/review/review.module.css";
import type { CriterionChoice } from "@/components/review/use-criteria";
import { useKeptComment } from "@/components/review/use-kept-comment";
import { type AskedCriterionDto, type CriteriaDto, type FindingDto, LONGEST_NOTE } from "@/lib/contracts/criteria";
import {
  CRITERION_OUTCOMES,
  type CriterionOutcome,
  needsNote,
  OUTCOME_LABELS,
} from "@/lib/domain/workflow/criteria-gate";

const LOOKS: Readonly<Record<CriterionOutcome, { readonly icon: TablerIcon; readonly color: string }>> = {
  met: { icon: IconCheck, color: "green" },
  not_met: { icon: IconX, color: "red" },
  question: { icon: IconHelp, color: "yellow" },
};
const NOTHING_KEPT = { body: "", visibility: "shared" } as const;

interface FindingProps {
  /** Where a begun note is kept. */
  readonly place: string;
  readonly criterion: AskedCriterionDto;
  readonly may: CriteriaDto["may"];
  /** Null where nothing is to be decided. */
  readonly onFind: ((choice: CriterionChoice) => Promise<void>) | null;
  readonly onThread: () => void;
}

/** What was decided over a criterion, beside what the entity answers; and for whoever decides, the ways to do so. */
export function CriterionFinding(props: FindingProps) {
  const { criterion, may } = props;
  const { decision, proposal, earlier, number } = criterion;
  return (
    <section className={classes.finding} aria-label={`What was found of criterion ${number}`}>
      {decision ? (
        <Found finding={decision} onThread={decision.threadId === null ? null : props.onThread} />
      ) : (
        <Text size="sm" c="dimmed" className={classes.outcomeLine}>
          <IconCircleDashed size={16} aria-hidden="true" /> Not decided yet
        </Text>
      )}
      {proposal ? (
        <div>
          <Text size="xs" c="dimmed">
            Proposed, seen by your company alone
          </Text>
          <Found finding={proposal} onThread={null} />
        </div>
      ) : null}
      {earlier && !decision ? (
        <div>
          <Text size="xs" c="dimmed">
            On revision {earlier.revision}, {earlier.sameAnswer ? "with the same answer" : "before the answer changed"}
          </Text>
          <Found finding={earlier} onThread={null} />
        </div>
      ) : null}
      {may && props.onFind ? <FindForm {...props} may={may} onFind={props.onFind} /> : null}
    </section>
  );
}

function Found({ finding, onThread }: { readonly finding: FindingDto; readonly onThread: (() => void) | null }) {
  const { icon: Icon, color } = LOOKS[finding.outcome];
  return (
    <div>
      <Text size="sm" fw={600} className={classes.outcomeLine}>
        <Text span c={color} lh={0} aria-hidden="true">
          <Icon size={16} />
        </Text>
        {OUTCOME_LABELS[finding.outcome]}
      </Text>
      {finding.note ? (
        <Text size="sm" className={classes.findingNote}>
          {finding.note}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed">
        {finding.by.name}, <DateText value={finding.at} />
      </Text>
      {onThread ? (
        <Button
          size="compact-xs"
          variant="light"
          color="gray"
          className={pageClasses.screenOnly}
          leftSection={<IconMessage size={13} aria-hidden="true" />}
          onClick={onThread}
        >
          To its thread
        </Button>
      ) : null}
    </div>
  );
}

/** Met is found at once; a question and "not met" ask for a note first, which the entity reads. */
function FindForm({
  place,
  criterion,
  may,
  onFind,
}: Pick<FindingProps, "place" | "criterion"> & {
  readonly may: "decision" | "proposal";
  readonly onFind: NonNullable<FindingProps["onFind"]>;
}) {
  const { decision, proposal, earlier, number } = criterion;
  const [asking, setAsking] = useState<CriterionOutcome | null>(null);
  const [{ body: note }, keep] = useKeptComment(place, NOTHING_KEPT);
  const { run, busy, error } = useAction();
  const own = may === "decision" ? decision : proposal;
  const find = (choice: CriterionChoice) =>
    run(async () => {
      await onFind(choice);
      // A note that was begun for something else stays, and is not sent along.
      if (choice.note === note) keep({ body: "" });
      setAsking(null);
    });
  const press = (outcome: CriterionOutcome) => {
    if (!needsNote(outcome)) return void find({ outcome, note: "" });
    if (note === "" && own && needsNote(own.outcome)) keep({ body: own.note });
    setAsking(outcome);
  };
  const offers = [
    ...(may === "decision" && proposal && !decision ? [{ from: proposal, words: "As proposed" }] : []),
    ...(earlier?.sameAnswer && !own ? [{ from: earlier, words: `As in revision ${earlier.revision}` }] : []),
  ];
  return (
    <Stack gap={6} className={pageClasses.screenOnly}>
      <Group gap={4} role="group" aria-label={`${may === "decision" ? "Decide" : "Propose"}: criterion ${number}`}>
        {CRITERION_OUTCOMES.map((outcome) => (
          <Button
            key={outcome}
            size="compact-sm"
            variant={(asking ?? own?.outcome) === outcome ? "light" : "default"}
            aria-pressed={(asking ?? own?.outcome) === outcome}
            disabled={busy}
            onClick={() => press(outcome)}
          >
            {OUTCOME_LABELS[outcome]}
          </Button>
        ))}
        {offers.map(({ from, words }) => (
          <Button
            key={words}
            size="compact-sm"
            variant="subtle"
            disabled={busy}
            onClick={() => find({ outcome: from.outcome, note: from.note })}
          >
            {words}
          </Button>
        ))}
      </Group>
      {asking ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (note.trim() !== "") void find({ outcome: asking, note });
          }}
        >
          <Textarea
            label={asking === "question" ? "What you ask the entity" : "What is missing"}
            description={
              may === "decision" ? "Opens a thread that both companies read." : "Seen by your company alone."
            }
            autosize
            minRows={2}
            ref={(field) => field?.focus({ preventScroll: true })}
            value={note}
            error={tooLong(note, LONGEST_NOTE)}
            onChange={(event) => keep({ body: event.currentTarget.value })}
          />
          <Group gap="xs" mt={6}>
            <Button type="submit" size="xs" loading={busy} disabled={note.trim() === ""}>
              {may === "decision" ? "Decide" : "Propose"}: {OUTCOME_LABELS[asking].toLowerCase()}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(null)}>
              Cancel
            </Button>
          </Group>
        </form>
      ) : null}
      {asking === null && note.trim() !== "" ? (
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            The note that you began is kept, and not sent.
          </Text>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => keep({ body: "" })}>
            Discard it
          </Button>
        </Group>
      ) : null}
      <ProblemAlert error={error} />
    </Stack>
  );
}
