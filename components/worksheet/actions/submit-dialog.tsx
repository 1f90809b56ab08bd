"use client";

import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { goToSection } from "@/components/worksheet/section-anchor";
import type { Blocker } from "@/lib/contracts/problem";
import { CRITERION_IDS, CRITERION_TITLES, type CriterionId } from "@/lib/domain/worksheet/criteria";
import { PART_KEYS, PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** Asks before a worksheet is submitted, or lists what stops it with the way to each section. */
export function SubmitDialog(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly blockers: readonly Blocker[];
  /** True when the engagement has an internal review first; unknown is null. */
  readonly onSubmit: () => Promise<void>;
  /** Shows what the gate and the rules ask for. */
  readonly onChecks: () => void;
}) {
  const { run, busy, error, clear } = useAction();
  const close = () => {
    clear();
    props.onClose();
  };
  const go = (section: PartKey, criterion?: CriterionId) => {
    close();
    // After the dialog has given the focus back.
    setTimeout(() => goToSection(section, criterion), 250);
  };
  const submit = async () => {
    const done = await run(async () => {
      await props.onSubmit();
      return true;
    });
    if (done) close();
  };
  const blocked = props.blockers.length > 0;
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={blocked ? "Not ready to submit" : "Submit for review"}
      size="lg"
    >
      <Stack gap="sm">
        {blocked ? (
          <Blockers
            blockers={props.blockers}
            onGo={go}
            onChecks={() => {
              close();
              props.onChecks();
            }}
          />
        ) : (
          <Alert color="gray">
            It goes to the next reviewer as it stands now, and text, items and evidence are closed until they come back
            with changes. When it reaches the decider it is frozen as a revision with its digest.
          </Alert>
        )}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {blocked ? "Close" : "Cancel"}
          </Button>
          {!blocked && (
            <Button onClick={submit} loading={busy}>
              Submit
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Sections without enough content by name, said once for all of them; then what else stops the submission. */
function Blockers(props: {
  readonly blockers: readonly Blocker[];
  readonly onGo: (section: PartKey, criterion?: CriterionId) => void;
  readonly onChecks: () => void;
}) {
  const unfilled = props.blockers.filter(({ rule }) => rule === "L02");
  const others = props.blockers.filter(({ rule }) => rule !== "L02");
  const link = ({ section, itemId }: Blocker, words: (label: string) => string) => {
    const part = PART_KEYS.find((one) => one === section);
    const criterion = CRITERION_IDS.find((one) => one === itemId);
    return part ? (
      <Anchor component="button" type="button" ta="start" onClick={() => props.onGo(part, criterion)}>
        {words(criterion ? CRITERION_TITLES[criterion] : PART_LABELS[part])}
      </Anchor>
    ) : (
      <Anchor component="button" type="button" ta="start" onClick={props.onChecks}>
        {words("Checks")}
      </Anchor>
    );
  };
  return (
    <>
      {unfilled.length > 0 && (
        <>
          <Text>
            All six sections must have content before a worksheet is submitted.{" "}
            {unfilled.length === 1 ? "One has too little:" : `${unfilled.length} have too little:`}
          </Text>
          <List spacing={6}>
            {unfilled.map((blocker) => (
              <List.Item key={blocker.section}>{link(blocker, (label) => label)}</List.Item>
            ))}
          </List>
        </>
      )}
      {others.length > 0 && (
        <List spacing={6}>
          {others.map((blocker) => (
            <List.Item key={`${blocker.rule}${blocker.section}${blocker.message}`}>
              {blocker.message} {link(blocker, (label) => `Go to “${label}”`)}
            </List.Item>
          ))}
        </List>
      )}
    </>
  );
}
