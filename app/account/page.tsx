import { Badge, Group, List, ListItem, Text } from "@mantine/core";
import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { SignOutButton } from "@/components/account/sign-out-button";
import { ROLE_WORDS } from "@/components/engagement/words";
import { Place } from "@/components/frame/place";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { TextLink } from "@/components/kit/text-link";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";

export const metadata: Metadata = { title: "Account" };

/** One's own account. */
export default async function AccountPage() {
  const me = await readMe(await page("/account"));
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
        {me.engagements.length === 0 ? (
          <Text c="dimmed">You take part in no engagement yet.</Text>
        ) : (
          <List listStyleType="none" spacing={6}>
            {me.engagements.map(({ id, name, roles }) => (
              <ListItem key={id}>
                <Group gap="xs">
                  <TextLink href={`/engagements/${id}`}>{name}</TextLink>
                  {roles.map((role) => (
                    <Badge key={role} color="gray">
                      {ROLE_WORDS[role]}
                    </Badge>
                  ))}
                </Group>
              </ListItem>
            ))}
          </List>
        )}
      </SectionCard>
      <SectionCard title="Password" description="Changing it ends your sessions on other devices.">
        <PasswordForm email={me.email} />
      </SectionCard>
      <SectionCard
        title="This session"
        description="It ends by itself after 15 idle minutes, and after eight hours at the latest."
      >
        <SignOutButton />
      </SectionCard>
    </>
  );
}
