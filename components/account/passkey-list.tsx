"use client";

import { ActionIcon, Badge, Group, Text, Tooltip } from "@mantine/core";
import { IconFingerprint, IconPencil, IconTrash } from "@tabler/icons-react";
import classes from "@/components/account/account.module.css";
import { DateText } from "@/components/kit/date-text";
import type { PasskeyDto } from "@/lib/contracts/factors";

/** One's passkeys, each with when it was used, and what can be done with it. */
export function PasskeyList(props: {
  readonly passkeys: readonly PasskeyDto[];
  readonly onRename: (passkey: PasskeyDto) => void;
  readonly onRemove: (passkey: PasskeyDto) => void;
}) {
  if (props.passkeys.length === 0) {
    return (
      <Text c="dimmed" size="sm">
        You have no passkey yet. With one you sign in by fingerprint, face or PIN, and type neither password nor code.
      </Text>
    );
  }
  return (
    <ul className={classes.rows} aria-label="Passkeys">
      {props.passkeys.map((passkey) => (
        <li key={passkey.id} className={classes.row}>
          <IconFingerprint size={20} stroke={1.75} aria-hidden="true" />
          <div className={classes.words}>
            <Group gap="xs">
              <Text component="span" fw={600}>
                {passkey.name}
              </Text>
              {passkey.synced ? (
                <Tooltip label="Your other devices with the same account have it too">
                  <Badge color="gray">synced</Badge>
                </Tooltip>
              ) : null}
            </Group>
            <Text size="sm" c="dimmed">
              Added <DateText value={passkey.createdAt} />
              {passkey.lastUsedAt ? (
                <>
                  , last used <DateText value={passkey.lastUsedAt} />
                </>
              ) : (
                ", not used yet"
              )}
            </Text>
          </div>
          <Group gap={4} wrap="nowrap">
            <ActionIcon aria-label={`Rename ${passkey.name}`} onClick={() => props.onRename(passkey)}>
              <IconPencil size={18} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon aria-label={`Remove ${passkey.name}`} onClick={() => props.onRemove(passkey)}>
              <IconTrash size={18} aria-hidden="true" />
            </ActionIcon>
          </Group>
        </li>
      ))}
    </ul>
  );
}
