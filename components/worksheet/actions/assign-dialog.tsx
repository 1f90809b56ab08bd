"use client";

import { Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { Collection } from "@/lib/contracts/paging";
import type { MemberDto } from "@/lib/contracts/people";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Chooses the contributors who may write a worksheet. */
export function AssignDialog(props: {
  readonly opened: boolean;
  readonly worksheet: WorksheetDto;
  readonly onClose: () => void;
  readonly onAssigned: (worksheet: WorksheetDto) => void;
}) {
  const { worksheet, opened } = props;
  const [members, setMembers] = useState<readonly MemberDto[] | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const load = useAction();
  const save = useAction();
  const { run: runLoad } = load;

  useEffect(() => {
    if (!opened) return;
    const assigned = worksheet.assignees.map(({ id }) => id);
    void runLoad(async () => {
      const { items } = await api.get<Collection<MemberDto>>(`/engagements/${worksheet.engagementId}/members`);
      // Whoever has it already may keep it, also while the account is not in use.
      const offered = items.filter(
        ({ userId, roles, acts }) => roles.includes("contributor") && (acts || assigned.includes(userId)),
      );
      setMembers(offered);
      setChosen(offered.map(({ userId }) => userId).filter((id) => assigned.includes(id)));
    });
  }, [opened, worksheet.assignees, worksheet.engagementId, runLoad]);

  const submit = () =>
    save.run(async () => {
      props.onAssigned(await api.put<WorksheetDto>(`/worksheets/${worksheet.id}/assignees`, { userIds: chosen }));
      props.onClose();
    });
  return (
    <Modal opened={opened} onClose={props.onClose} title="Assign contributors">
      <Stack gap="sm">
        <Text>They may write this worksheet and add evidence. Leads always may.</Text>
        {members === null && !load.error && <Skeleton height={72} />}
        {members?.length === 0 && (
          <Text c="dimmed">Nobody in this engagement is a contributor yet. Add people under “People” first.</Text>
        )}
        {members && members.length > 0 && (
          <Checkbox.Group label="Contributors" value={[...chosen]} onChange={setChosen}>
            <Stack gap="xs" mt={6}>
              {members.map(({ userId, name, email, acts }) => (
                <Checkbox
                  key={userId}
                  value={userId}
                  label={name}
                  description={acts ? email : "This account is not in use."}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <ProblemAlert error={load.error ?? save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button onClick={submit} loading={save.busy} disabled={!members || members.length === 0}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
