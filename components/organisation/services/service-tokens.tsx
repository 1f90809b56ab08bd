"use client";

import { Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import classes from "@/components/account/account.module.css";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { DateText } from "@/components/kit/date-text";
import { useRefresh } from "@/components/kit/refresh";
import { api } from "@/lib/client/api";
import type { ApiTokenDto } from "@/lib/contracts/api-tokens";
import type { ServiceAccountDto } from "@/lib/contracts/service-accounts";

/** The tokens of a service account that serve. */
export function ServiceTokens(props: {
  readonly service: ServiceAccountDto;
  /** Null where none can be made now. */
  readonly onMake: (() => void) | null;
  /** Said where there is none. */
  readonly none: string;
}) {
  const { id, name, tokens, engagements } = props.service;
  const refresh = useRefresh();
  const [asked, setAsked] = useState<ApiTokenDto | null>(null);
  const revoke = async () => {
    if (asked) await api.delete(`/organisation/service-accounts/${id}/tokens/${asked.id}`);
    refresh();
  };
  return (
    <div>
      {tokens.length === 0 ? (
        <Text c="dimmed" size="sm">
          {props.none}
        </Text>
      ) : (
        <ul className={classes.rows} aria-label={`Tokens of ${name}`}>
          {tokens.map((token) => (
            <li key={token.id} className={classes.row}>
              <div className={classes.words}>
                <Group gap="xs">
                  <Text component="span" fw={600}>
                    {token.name}
                  </Text>
                  <Badge color={token.scope === "write" ? "orange" : "gray"}>
                    {token.scope === "write" ? "reads and writes" : "reads"}
                  </Badge>
                </Group>
                <Text size="sm" c="dimmed" component="div">
                  {placeWords(token.engagementIds, engagements)}. Ends <DateText value={token.expiresAt} />,{" "}
                  {token.lastUsedAt ? (
                    <>
                      last used <DateText value={token.lastUsedAt} />
                    </>
                  ) : (
                    "not used yet"
                  )}
                  .
                </Text>
              </div>
              <Button
                variant="default"
                size="xs"
                onClick={() => setAsked(token)}
                aria-label={`Revoke ${token.name} of ${name}`}
              >
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      {props.onMake ? (
        <Button variant="default" size="xs" mt="xs" onClick={props.onMake} aria-label={`Make a token for ${name}`}>
          Make a token
        </Button>
      ) : null}
      <ConfirmAct
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={`Revoke “${asked?.name ?? ""}”?`}
        confirm="Revoke"
        danger
        onConfirm={revoke}
      >
        Whatever uses it is refused from its next request on. It cannot be taken back.
      </ConfirmAct>
    </div>
  );
}

function placeWords(ids: readonly string[] | null, places: ServiceAccountDto["engagements"]): string {
  if (ids === null) return "All engagements in which it has a role";
  return `Only ${ids.map((id) => places.find((one) => one.id === id)?.name ?? "an engagement that it has left").join(", ")}`;
}
