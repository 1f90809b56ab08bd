import type { ServiceContext } from "@/lib/auth/context";
import { readOrganisation } from "@/lib/auth/organisation";
import type { Collection } from "@/lib/contracts/paging";
import type { AccountDto, PersonDto } from "@/lib/contracts/people";
import type { OrganisationRef } from "@/lib/contracts/session";
import { listAccounts } from "@/lib/data/accounts";
import { listAssessors } from "@/lib/data/organisations";
import { listPeople } from "@/lib/data/people";
import { accountDto } from "@/lib/services/organisation/account-dto";

/** Everybody in one's own organisation. */
export async function readPeople(context: ServiceContext): Promise<Collection<PersonDto>> {
  const items = await readOrganisation(context, "organisation.read", listPeople);
  return { total: items.length, items };
}

/** Everybody's account in one's own organisation, for its administrators. */
export async function readAccounts(context: ServiceContext): Promise<Collection<AccountDto>> {
  const accounts = await readOrganisation(context, "organisation.accounts", listAccounts);
  return { total: accounts.length, items: accounts.map(accountDto) };
}

/** The assessor companies that can be invited to an engagement. */
export async function readAssessors(context: ServiceContext): Promise<Collection<OrganisationRef>> {
  const items = await readOrganisation(context, "organisation.read", listAssessors);
  return { total: items.length, items };
}
