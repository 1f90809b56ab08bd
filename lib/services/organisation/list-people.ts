import type { ServiceContext } from "@/lib/auth/context";
import { readOrganisation } from "@/lib/auth/organisation";
import type { Collection } from "@/lib/contracts/paging";
import type { PersonDto } from "@/lib/contracts/people";
import type { OrganisationRef } from "@/lib/contracts/session";
import { listAssessors } from "@/lib/data/organisations";
import { listPeople } from "@/lib/data/people";

/** Everybody in one's own organisation. */
export async function readPeople(context: ServiceContext): Promise<Collection<PersonDto>> {
  const items = await readOrganisation(context, "organisation.read", listPeople);
  return { total: items.length, items };
}

/** The assessor companies that can be invited to an engagement. */
export async function readAssessors(context: ServiceContext): Promise<Collection<OrganisationRef>> {
  const items = await readOrganisation(context, "organisation.read", listAssessors);
  return { total: items.length, items };
}
