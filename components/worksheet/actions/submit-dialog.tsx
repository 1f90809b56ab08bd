"use client";

import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { goToSection } from "@/components/worksheet/section-anchor";
import type { SubmissionBlocker } from "@/lib/domain/workflow/submission";
import { CRITERION_TITLES, type CriterionId } from "@/lib/domain/worksheet/criteria";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** Asks before a worksheet is submitted, or lists what stops it with the way to each section. */
export function SubmitDialog(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly blockers: readonly SubmissionBlocker[];
  /** True when the engagement has an internal review first; unknown is null. */
  readonly onSubmit: () => Promise<void>;
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
          <Blockers blockers={props.blockers} onGo={go} />
        ) : (
          <Alert color="gray">
            The worksheet goes to the next reviewer as it stands now, and text, items and evidence are closed until they
            come back with changes. When it reaches the decider it is frozen as a revision with its digest.
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

/** Empty sections by name, said once for all of them; then what else stops the submission. */
function Blockers(props: {
  readonly blockers: readonly SubmissionBlocker[];
  readonly onGo: (section: PartKey, criterion?: CriterionId) => void;
}) {
  const empty = props.blockers.filter(({ code }) => code === "section_empty");
  const others = props.blockers.filter(({ code }) => code !== "section_empty");
  const link = (section: PartKey, words: string, criterion?: CriterionId) => (
    <Anchor component="button" type="button" ta="start" onClick={() => props.onGo(section, criterion)}>
      {words}
    </Anchor>
  );
  return (
    <>
      {empty.length > 0 && (
        <>
          <Text>
            All six sections must have content before a worksheet is submitted.{" "}
            {empty.length === 1 ? "One is empty:" : `${empty.length} are empty:`}
          </Text>
          <List spacing={6}>
            {empty.map(({ section }) => (
              <List.Item key={section}>{link(section, PART_LABELS[section])}</List.Item>
            ))}
          </List>
        </>
      )}
      {others.map(({ section, itemId, message }) => (
        <Text key={section + message}>
          {message} {link(section, `Go to “${itemId ? CRITERION_TITLES[itemId] : PART_LABELS[section]}”`, itemId)}
        </Text>
      ))}
    </>
  );
}
