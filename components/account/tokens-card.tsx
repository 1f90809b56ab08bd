"use client";

import { Badge, Button, Group, Text } from "@mantine/core";
import { IconApi } from "@tabler/icons-react";
import { useState } from "react";
import classes from "@/components/account/account.module.css";
import { ConfirmRemoval } from "@/components/account/confirm-removal";
import { MakeToken } from "@/components/account/make-token";
import type { TokenPlace } from "@/components/account/token-place";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { SectionCard } from "@/components/kit/section-card";
import { TextLink } from "@/components/kit/text-link";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { ApiTokenDto, ApiTokensDto } from "@/lib/contracts/api-tokens";
import type { MeDto } from "@/lib/contracts/session";

/** One's API tokens: what programs act by in one's name. */
export function TokensCard(props: {
  readonly initial: ApiTokensDto;
  readonly me: Pick<MeDto, "engagements" | "moreEngagements">;
  /** The engagements that the tokens are limited to, as far as the person still has a role there. */
  readonly named: readonly TokenPlace[];
}) {
  const { engagements, moreEngagements } = props.me;
  // One that was just made may be limited to others than those before.
  const [places, setPlaces] = useState<readonly TokenPlace[]>([...props.named, ...engagements]);
  const [tokens, setTokens] = useState(props.initial);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiTokenDto | null>(null);
  const { run, error } = useAction();
  const reload = () =>
    run(async () => {
      setTokens(await api.get<ApiTokensDto>("/me/tokens"));
    });
  const allowed = tokens.mostDays > 0;
  return (
    <SectionCard
      title="API tokens"
      description="A program that shows one acts as you, within the token’s scope. It never signs, refuses, revokes or reopens, and changes neither people nor settings."
      actions={
        <Group gap="sm">
          <TextLink href="/docs/api">What programs can ask</TextLink>
          {allowed ? (
            <Button variant="default" size="xs" onClick={() => setMaking(true)}>
              Make a token
            </Button>
          ) : null}
        </Group>
      }
    >
      <ProblemAlert error={error} mb="sm" />
      {tokens.items.length === 0 ? (
        <Text c="dimmed" size="sm">
          {allowed ? "You have no token." : "Your organisation’s policy allows no API tokens."}
        </Text>
      ) : (
        <ul className={classes.rows} aria-label="API tokens">
          {tokens.items.map((token) => (
            <Row key={token.id} token={token} places={places} onRevoke={() => setEnding(token)} />
          ))}
        </ul>
      )}
      {making ? (
        <MakeToken
          engagements={engagements}
          more={moreEngagements}
          mostDays={tokens.mostDays}
          onMade={(chosen) => {
            setPlaces((known) => [...known, ...chosen]);
            reload();
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {ending ? (
        <ConfirmRemoval
          title={`Revoke “${ending.name}”?`}
          confirm="Revoke the token"
          onConfirm={() => api.delete(`/me/tokens/${ending.id}`).then(reload)}
          onClose={() => setEnding(null)}
        >
          Whatever uses it is refused from its next request on. It cannot be taken back.
        </ConfirmRemoval>
      ) : null}
    </SectionCard>
  );
}

function Row(props: {
  readonly token: ApiTokenDto;
  readonly places: readonly TokenPlace[];
  readonly onRevoke: () => void;
}) {
  const { name, scope, engagementIds, expiresAt, lastUsedAt } = props.token;
  return (
    <li className={classes.row}>
      <IconApi size={20} stroke={1.75} aria-hidden="true" />
      <div className={classes.words}>
        <Group gap="xs">
          <Text component="span" fw={600}>
            {name}
          </Text>
          <Badge color={scope === "write" ? "orange" : "gray"}>
            {scope === "write" ? "reads and writes" : "reads"}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {placeWords(engagementIds, props.places)}. Ends <DateText value={expiresAt} />,{" "}
          {lastUsedAt ? (
            <>
              last used <DateText value={lastUsedAt} />
            </>
          ) : (
            "not used yet"
          )}
          .
        </Text>
      </div>
      <Button variant="default" size="xs" onClick={props.onRevoke} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
    </li>
  );
}

function placeWords(ids: readonly string[] | null, places: readonly TokenPlace[]): string {
  if (ids === null) return "All your engagements";
  const names = ids.map((id) => places.find((place) => place.id === id)?.name ?? "an engagement that you have left");
  return `Only ${names.join(", ")}`;
}
