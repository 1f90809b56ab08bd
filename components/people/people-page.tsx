"use client";

import { Box, Text } from "@mantine/core";
import { ROLE_WORDS } from "@/components/engagement/words";
import { FilterBar } from "@/components/kit/filter-bar";
import { SectionCard } from "@/components/kit/section-card";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { AddMember } from "@/components/people/add-member";
import { AssessorStanding } from "@/components/people/assessor-standing";
import { InviteAssessor } from "@/components/people/invite-assessor";
import { MembersTable } from "@/components/people/members-table";
import { rolesOfSide } from "@/components/people/side-roles";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { MemberDto } from "@/lib/contracts/people";
import type { PersonRef } from "@/lib/contracts/section";
import type { OrganisationRef } from "@/lib/contracts/session";
import { ENGAGEMENT_ROLES } from "@/lib/domain/access/roles";

const FILTERS = { q: "", role: "", sort: "" };
const ROLES = ENGAGEMENT_ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }));

/** Who takes part in an engagement, by side, and the ways to add, remove and invite. */
export function PeoplePage(props: {
  readonly engagement: EngagementDto;
  readonly members: readonly MemberDto[];
  readonly candidates: readonly (PersonRef & { readonly email: string | null })[];
  readonly firms: readonly OrganisationRef[];
}) {
  const { engagement, members } = props;
  const { permissions, entity, assessor } = engagement;
  const filters = useUrlFilters(FILTERS);
  const { q, role, sort } = filters.values;
  const shown = members.filter(
    (member) =>
      `${member.name} ${member.email ?? ""}`.toLowerCase().includes(q.trim().toLowerCase()) &&
      (role === "" || member.roles.some((one) => one === role)),
  );
  const side = (organisationId: string | undefined) =>
    shown.filter(({ organisation }) => organisation.id === organisationId);
  const table = { engagementId: engagement.id, sort, onSort: (next: string) => filters.set({ sort: next }) };
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search people"
        choices={[{ name: "role", label: "Role", options: ROLES }]}
        shown={shown.length}
        total={members.length}
        noun={members.length === 1 ? "person" : "people"}
      />
      <SectionCard title={entity.name} description="The entity: it writes, decides and submits.">
        <MembersTable
          {...table}
          label={`People of ${entity.name}`}
          members={side(entity.id)}
          mayRemove={permissions.people}
        />
        {permissions.people ? (
          <Box mt="md">
            <AddMember
              engagementId={engagement.id}
              candidates={props.candidates}
              roles={rolesOfSide("entity", assessor !== null)}
            />
          </Box>
        ) : null}
      </SectionCard>
      <SectionCard
        title={assessor?.name ?? "Assessor company"}
        description={
          assessor
            ? "The assessor company: it reviews and signs."
            : "None takes part: an ISA or an executive officer of the entity decides, who has written nothing."
        }
      >
        <AssessorStanding engagement={engagement} />
        {assessor && engagement.assessorAccepted ? (
          <MembersTable
            {...table}
            label={`People of ${assessor.name}`}
            members={side(assessor.id)}
            mayRemove={permissions.staffAssessor}
          />
        ) : null}
        {permissions.staffAssessor ? (
          <Box mt="md">
            <AddMember
              engagementId={engagement.id}
              candidates={props.candidates}
              roles={rolesOfSide("assessor", true)}
            />
          </Box>
        ) : null}
        <Introduction engagement={engagement} firms={props.firms} />
      </SectionCard>
    </>
  );
}

/** How an assessor company comes in, until one has accepted. */
function Introduction(props: { readonly engagement: EngagementDto; readonly firms: readonly OrganisationRef[] }) {
  const { id, assessor, assessorAccepted, permissions } = props.engagement;
  if (assessorAccepted) return null;
  if (!permissions.settings) {
    return assessor ? null : <Text c="dimmed">The lead or an admin of the entity can invite one.</Text>;
  }
  return (
    <>
      {assessor ? (
        <Text size="sm" c="dimmed" my="sm">
          Until it accepts, you can name another one. For a new link, name a new firm by the same name.
        </Text>
      ) : null}
      <InviteAssessor engagementId={id} firms={props.firms} again={assessor !== null} />
    </>
  );
}
