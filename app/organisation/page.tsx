import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { AccountsTable } from "@/components/organisation/accounts-table";
import { FactorResetList } from "@/components/organisation/factor-reset-list";
import { OrganisationPeople } from "@/components/organisation/organisation-people";
import { TokenList } from "@/components/organisation/token-list";
import type { SignedInContext } from "@/lib/auth/context";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readPeoplesTokens } from "@/lib/services/organisation/api-tokens";
import { readFactorResets } from "@/lib/services/organisation/factor-resets";
import { readAccounts, readPeople } from "@/lib/services/organisation/list-people";

export const metadata: Metadata = { title: "Organisation" };

/** One's own organisation: its people, and for administrators how their accounts stand and what can be done to them. */
export default async function OrganisationPage() {
  const context = await page("/organisation");
  const me = await readMe(context);
  const admin = me.organisationRole === "admin";
  const kind = me.organisation.kind === "entity" ? "Entity" : "Assessor company";
  return (
    <>
      <PageTitle
        title={me.organisation.name}
        lead={`${kind}. ${admin ? "You are an admin here." : "An admin invites people and sees the organisation’s trail."}`}
      />
      {admin ? <Accounts context={context} me={me.id} /> : <People context={context} />}
    </>
  );
}

async function People({ context }: { readonly context: SignedInContext }) {
  const people = await readPeople(context);
  return (
    <SectionCard title="People">
      <OrganisationPeople people={people.items} />
    </SectionCard>
  );
}

async function Accounts({ context, me }: { readonly context: SignedInContext; readonly me: string }) {
  const accounts = await readAccounts(context);
  const resets = await readFactorResets(context);
  const tokens = await readPeoplesTokens(context);
  const admins = accounts.items.filter(({ role, disabled }) => role === "admin" && !disabled).length;
  return (
    <>
      {resets.total > 0 ? (
        <SectionCard
          title="Second factors to be removed"
          description="One administrator has asked, another one has to agree within a day."
        >
          <FactorResetList resets={resets.items} me={me} />
        </SectionCard>
      ) : null}
      <SectionCard title="People">
        {admins === 1 ? (
          <Text size="sm" mb="md">
            You are the only administrator. A second one can let you in again when you have lost your second factors;
            and only two of you together can do so for others. Make somebody an administrator, or invite one.
          </Text>
        ) : null}
        <AccountsTable accounts={accounts.items} me={me} />
      </SectionCard>
      {tokens.total > 0 ? (
        <SectionCard
          title="API tokens"
          description="What programs act by in the name of your people. The security policy says how long they live, and whether there are any."
        >
          <TokenList tokens={tokens.items} me={me} />
        </SectionCard>
      ) : null}
    </>
  );
}
