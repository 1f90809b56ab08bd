"use client";

import { Button } from "@mantine/core";
import { IconRobot } from "@tabler/icons-react";
import { useState } from "react";
import { EmptyState } from "@/components/kit/empty-state";
import { lazyPart } from "@/components/kit/lazy-part";
import { SectionCard } from "@/components/kit/section-card";
import { TextLink } from "@/components/kit/text-link";
import { ServiceCard } from "@/components/organisation/services/service-card";
import type { PersonRef } from "@/lib/contracts/section";
import type { ServiceAccountDto } from "@/lib/contracts/service-accounts";

const EditService = lazyPart(
  () => import("@/components/organisation/services/edit-service").then((module) => module.EditService),
  { what: "The form" },
);

/** The service accounts of an organisation, each with its tokens, and the way to a new one. */
export function ServiceAccounts(props: {
  readonly services: readonly ServiceAccountDto[];
  /** The longest that a token may live; 0 where the policy allows none. */
  readonly mostDays: number;
  /** Who can answer for one. */
  readonly owners: readonly PersonRef[];
}) {
  const { services, mostDays, owners } = props;
  const [making, setMaking] = useState(false);
  const make = <Button onClick={() => setMaking(true)}>Make a service account</Button>;
  return (
    <>
      {services.length === 0 ? (
        <SectionCard title="None yet">
          <EmptyState icon={IconRobot} title="A program of its own" action={make} order={3}>
            For a program that goes on when a person leaves: a ticket system that brings evidence, or a nightly report.
            For something of your own make a token on your account page.
          </EmptyState>
        </SectionCard>
      ) : (
        <SectionCard
          title={services.length === 1 ? "1 service account" : `${services.length} service accounts`}
          description="Leads give them roles in engagements, as contributor or observer. They never lead, review, assess, approve or sign."
          actions={
            <>
              <TextLink href="/docs/api">What programs can ask</TextLink>
              {make}
            </>
          }
        >
          Look each one over every six months: who answers for it, what it is for, where it has a role, and which tokens
          it needs.
        </SectionCard>
      )}
      {services.map((service) => (
        <ServiceCard key={service.id} service={service} mostDays={mostDays} owners={owners} />
      ))}
      {making ? (
        <EditService service={null} owners={owners} onClose={() => setMaking(false)} onLeave={() => setMaking(false)} />
      ) : null}
    </>
  );
}
