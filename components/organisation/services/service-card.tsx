"use client";

import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { ROLE_WORDS } from "@/components/engagement/words";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { DateText } from "@/components/kit/date-text";
import { lazyPart } from "@/components/kit/lazy-part";
import { useRefresh } from "@/components/kit/refresh";
import { SectionCard } from "@/components/kit/section-card";
import { ServiceTokens } from "@/components/organisation/services/service-tokens";
import { api } from "@/lib/client/api";
import type { PersonRef } from "@/lib/contracts/section";
import { type ServiceAccountDto, seenOf } from "@/lib/contracts/service-accounts";

const EditService = lazyPart(
  () => import("@/components/organisation/services/edit-service").then((module) => module.EditService),
  { what: "The form" },
);
const MakeToken = lazyPart(() => import("@/components/account/make-token").then((module) => module.MakeToken), {
  what: "The form",
});

type Act = "edit" | "token" | "disable" | "enable" | "review";

/** A service account: what it is for, who answers for it, where it has a role, and its tokens. */
export function ServiceCard(props: {
  readonly service: ServiceAccountDto;
  readonly mostDays: number;
  readonly owners: readonly PersonRef[];
}) {
  const { service, mostDays, owners } = props;
  const { id, name, disabled, owner } = service;
  const refresh = useRefresh();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const address = `/organisation/service-accounts/${id}`;
  return (
    <SectionCard
      title={name}
      description={service.purpose}
      actions={
        <>
          {disabled ? <Badge color="gray">Disabled</Badge> : null}
          <Button variant="default" size="xs" onClick={() => setAct("edit")} aria-label={`Change ${name}`}>
            Change
          </Button>
          {disabled || owner.left ? null : (
            <Button variant="default" size="xs" onClick={() => setAct("review")} aria-label={`${name} was reviewed`}>
              Reviewed
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            onClick={() => setAct(disabled ? "enable" : "disable")}
            aria-label={`${disabled ? "Enable" : "Disable"} ${name}`}
          >
            {disabled ? "Enable" : "Disable"}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <Notices service={service} />
        <Facts service={service} />
        <ServiceTokens
          service={service}
          onMake={disabled || owner.left || mostDays === 0 ? null : () => setAct("token")}
          none={mostDays === 0 ? "Your organisation’s policy allows no API tokens." : "It has no token."}
        />
      </Stack>
      {act === "edit" ? <EditService service={service} owners={owners} onClose={close} onLeave={close} /> : null}
      {act === "token" ? (
        <MakeToken
          service={{ address: `${address}/tokens`, name }}
          engagements={service.engagements}
          mostDays={mostDays}
          onMade={refresh}
          onClose={close}
          onLeave={close}
        />
      ) : null}
      <ConfirmAct
        opened={act === "review"}
        onClose={close}
        title={`You have looked ${name} over?`}
        confirm="Reviewed"
        // Also where it is refused: what is otherwise by now has to be looked over.
        onConfirm={() => api.post(`${address}/review`, seenOf(service)).finally(refresh)}
      >
        {owner.name} still answers for it, it is still needed for what stands here, and its roles and tokens are no more
        than that needs. The trail says that you found it so.
      </ConfirmAct>
      <ConfirmAct
        opened={act === "disable" || act === "enable"}
        onClose={close}
        title={`${disabled ? "Enable" : "Disable"} ${name}?`}
        confirm={disabled ? "Enable" : "Disable"}
        danger={!disabled}
        onConfirm={() => api.put(`${address}/disabled`, { disabled: !disabled }).then(refresh)}
      >
        {disabled
          ? "It can act again with the roles that it has, once it has a new token: those before stay revoked."
          : "All of its tokens are revoked at once. What it wrote stays, and so does its name."}
      </ConfirmAct>
    </SectionCard>
  );
}

function Notices({ service }: { readonly service: ServiceAccountDto }) {
  const { owner, disabled, reviewOverdue, reviewDueAt } = service;
  const icon = <IconAlertTriangle size={18} aria-hidden="true" />;
  return (
    <>
      {owner.left ? (
        <Alert color="red" icon={icon} title="Nobody answers for it">
          The account of {owner.name} is disabled. Choose somebody else under Change
          {disabled
            ? ", before you enable it."
            : ", or disable it. Until then it goes on with the tokens that it has, and gets no new ones."}
        </Alert>
      ) : null}
      {reviewOverdue ? (
        <Alert color="orange" icon={icon} title="To be reviewed">
          It was due on <DateText value={reviewDueAt} plain />. Look over who answers for it, what it is for, its roles
          and its tokens, change what is not right, and then press Reviewed.
        </Alert>
      ) : null}
    </>
  );
}

function Facts({ service }: { readonly service: ServiceAccountDto }) {
  const { owner, engagements, createdAt, createdBy, reviewedAt, reviewedBy, reviewDueAt } = service;
  const places = engagements.map(({ name, roles }) => `${name} (${roles.map((role) => ROLE_WORDS[role]).join(", ")})`);
  return (
    <Group gap="xl" align="flex-start">
      <Fact term="Answers for it">{owner.name}</Fact>
      <Fact term="Roles">
        {places.length > 0 ? places.join("; ") : "None yet: an engagement’s lead gives it one under People."}
      </Fact>
      <Fact term="Made">
        <DateText value={createdAt} plain /> by {createdBy.name}
      </Fact>
      <Fact term="Reviewed">
        {reviewedAt && reviewedBy ? (
          <>
            <DateText value={reviewedAt} plain /> by {reviewedBy.name}
          </>
        ) : (
          "Not yet"
        )}
        ; due <DateText value={reviewDueAt} plain />
      </Fact>
    </Group>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {term}
      </Text>
      <Text size="sm" component="div" maw="40ch">
        {children}
      </Text>
    </div>
  );
}
