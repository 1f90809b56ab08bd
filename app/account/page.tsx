import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { FactorsCard } from "@/components/account/factors-card";
import { OwnRoles } from "@/components/account/own-roles";
import { PasswordForm } from "@/components/account/password-form";
import { SessionsCard } from "@/components/account/sessions-card";
import { TokensCard } from "@/components/account/tokens-card";
import { Place } from "@/components/frame/place";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { ownEngagementsQuery } from "@/lib/contracts/engagement";
import { OWN_ENGAGEMENTS_AT_FIRST } from "@/lib/contracts/list-sizes";
import { page } from "@/lib/server/page";
import { listFactors } from "@/lib/services/account/factors/list-factors";
import { findOwnEngagements, readOwnEngagements } from "@/lib/services/account/own-engagements";
import { listOwnSessions } from "@/lib/services/account/own-sessions";
import { listOwnTokens } from "@/lib/services/account/own-tokens";
import { readMe } from "@/lib/services/account/read-me";

export const metadata: Metadata = { title: "Account" };

/** One's own account. */
export default async function AccountPage() {
  const context = await page("/account");
  const me = await readMe(context);
  const factors = await listFactors(context, context.session);
  const sessions = await listOwnSessions(context);
  const tokens = await listOwnTokens(context);
  const own = await readOwnEngagements(context, ownEngagementsQuery.parse({ limit: OWN_ENGAGEMENTS_AT_FIRST }));
  const named = await findOwnEngagements(
    context,
    tokens.items.flatMap(({ engagementIds }) => engagementIds ?? []),
  );
  const { idleMinutes, absoluteHours, maxSessions, passwordMinLength } = context.session.policy;
  const limits = `A session ends after ${idleMinutes} idle minutes, and after ${absoluteHours} hours at the latest. At most ${maxSessions} at a time.`;
  return (
    <>
      <Place crumbs={[{ label: "Account" }]} />
      <PageTitle
        title={me.name}
        lead={`${me.email} · ${me.organisation.name}`}
        actions={
          <LinkButton href="/account/sign-ins" variant="default">
            Your sign-ins
          </LinkButton>
        }
      />
      <SectionCard title="Your roles">
        <OwnRoles first={own} />
      </SectionCard>
      <FactorsCard initial={factors} />
      <SessionsCard key={sessions.items.map(({ id }) => id).join()} initial={sessions.items} limits={limits} />
      <TokensCard initial={tokens} me={me} named={named} />
      {factors.password ? (
        <SectionCard title="Password" description="Changing it ends your sessions on other devices.">
          <PasswordForm email={me.email ?? ""} minLength={passwordMinLength} />
        </SectionCard>
      ) : (
        <SectionCard title="Password">
          <Text c="dimmed">
            {factors.singleSignOn === null
              ? "You have no password here. An administrator of your organisation can make you a link to choose one."
              : "Your organisation signs in by single sign-on, so no password serves here."}
          </Text>
        </SectionCard>
      )}
    </>
  );
}
