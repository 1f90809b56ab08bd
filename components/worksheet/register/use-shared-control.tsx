"use client";

import { Button, Loader, Modal, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { REGISTER_FILTERS, selectControls } from "@/components/controls/control-words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import classes from "@/components/workbook/workbook.module.css";
import { useRegister } from "@/components/worksheet/register/register-context";
import { api } from "@/lib/client/api";
import type { ControlRecordDto, RegisterDto } from "@/lib/contracts/controls";
import { carryText, type RecordText } from "@/lib/domain/controls/record";
import { NATURE_WORDS } from "@/lib/domain/worksheet/item-words";
import type { Control } from "@/lib/domain/worksheet/model";

/** Lets a worksheet use a control of the register: search, choose, and it stands among the others. */
export function UseSharedControl(props: {
  readonly list: readonly Control[];
  readonly make: () => Control;
  readonly onAdd: (control: Control) => void;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconShieldLock size={15} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        Use a shared control
      </Button>
      {opened && (
        <Chooser
          used={new Set(props.list.map(({ recordId }) => recordId))}
          onClose={() => setOpened(false)}
          onChoose={({ id: recordId, ...record }) => {
            props.onAdd({ ...carryText(props.make(), textOf(record)), recordId });
            setOpened(false);
          }}
        />
      )}
    </>
  );
}

function textOf({ title, description, nature, owner, changedOn }: RecordText): RecordText {
  return { title, description, nature, owner, changedOn };
}

function Chooser(props: {
  readonly used: ReadonlySet<string | undefined>;
  readonly onClose: () => void;
  readonly onChoose: (control: ControlRecordDto) => void;
}) {
  const { engagementId } = useRegister();
  const [items, setItems] = useState<readonly ControlRecordDto[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [q, setQ] = useState("");
  useReturnFocus();
  useEffect(() => {
    let given = true;
    api.get<RegisterDto>(`/engagements/${engagementId}/controls`).then(
      (register) => given && setItems(register.items),
      (caught: unknown) => given && setError(caught),
    );
    return () => {
      given = false;
    };
  }, [engagementId]);
  const offered = (items ?? []).filter(({ id, retired }) => !retired && !props.used.has(id));
  const found = selectControls(offered, { ...REGISTER_FILTERS, q });
  return (
    <Modal opened onClose={props.onClose} title="Use a shared control" size="lg">
      <Stack gap="sm">
        <ProblemAlert error={error} />
        <TextInput
          label="Search the register"
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          data-autofocus
        />
        {items === null && !error ? <Loader size="sm" role="status" aria-label="Reading the register" /> : null}
        {items !== null && found.length === 0 ? (
          <Text size="sm" c="dimmed">
            {offered.length === 0
              ? "The register has no control that this worksheet does not use already."
              : "No control fits the search."}
          </Text>
        ) : null}
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Shared controls">
          {found.map((control) => (
            <li key={control.id}>
              <UnstyledButton className={classes.choice} onClick={() => props.onChoose(control)}>
                <Text fw={550} size="sm">
                  {control.title}
                </Text>
                <Text size="sm" c="dimmed">
                  {[
                    NATURE_WORDS[control.nature],
                    control.owner,
                    control.uses.length > 0 &&
                      `used for ${control.uses.map(({ requirementNumber }) => requirementNumber).join(", ")}`,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      </Stack>
    </Modal>
  );
}
