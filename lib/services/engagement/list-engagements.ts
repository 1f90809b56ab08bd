import { requireActor, type ServiceContext } from "@/lib/auth/context";
import { type Across, couldDo, type Grant, readAcross } from "@/lib/auth/scope";
import {
  type EngagementSummaryDto,
  type EngagementsQuery,
  engagementsQuery,
  type ProgressDto,
} from "@/lib/contracts/engagement";
import type { Page } from "@/lib/contracts/paging";
import {
  type EngagementsWanted,
  findEngagementsOf,
  type ListPlace,
  listEngagementPlaces,
  type Seeker,
} from "@/lib/data/engagement-list";
import type { EngagementRow } from "@/lib/data/engagements";
import { type EngagementStanding, loadStanding, type Standing } from "@/lib/data/facts";
import type { IdentityTx } from "@/lib/db/kinds";
import type { EngagementRole } from "@/lib/domain/access/roles";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { AssessmentType } from "@/lib/domain/engagement/rules";
import { engagementDto } from "@/lib/services/engagement/engagement-dto";
import { cursorAfter, readListCursor } from "@/lib/services/engagement/list-cursor";
import { progressOfMany } from "@/lib/services/engagement/progress-of-many";

const NO_PROGRESS: ProgressDto = {
  total: 0,
  settled: 0,
  waitingForEntity: 0,
  waitingForAssessor: 0,
  undecided: 0,
  brokenSignOffs: 0,
};

/**
 * A page of the engagements that the signed-in person takes part in or administers, with their progress; newest first. One
 * in which every role of the person has ceased to count, as an ISA's does beside an assessor company, is left out.
 * @throws Failure malformed
 */
export async function readEngagements(
  context: ServiceContext,
  query: EngagementsQuery = engagementsQuery.parse({}),
): Promise<Page<EngagementSummaryDto>> {
  const { q, version, cursor, limit } = query;
  const { userId, organisationId, token } = requireActor(context);
  const wanted = {
    q: q?.trim() || null,
    standardVersion: version ?? null,
    only: token?.engagementIds ?? null,
    after: readListCursor(cursor),
    count: limit + 1,
  };
  return readAcross(context, async (tx, across) => {
    const standing = await loadStanding(tx, userId);
    const seeker = { userId, organisationId, isAdmin: standing.role === "admin" };
    const found = await findListed(tx, across, { seeker, standing, wanted });
    const shown = found.slice(0, limit);
    // An administrator of either side sees that the engagement exists, but not its workbook.
    const readers = shown.filter(({ grant }) => couldDo(grant, "disposition.read", null)).map(({ grant }) => grant);
    const progress = await progressOfMany(across, readers);
    const last = shown.at(-1);
    return {
      items: shown.map(({ row, grant }) => ({
        ...engagementDto(row, grant),
        progress: progress.get(row.id) ?? NO_PROGRESS,
      })),
      nextCursor: found.length > limit && last ? cursorAfter(last.place) : null,
    };
  });
}

interface Listed {
  readonly place: ListPlace;
  readonly row: EngagementRow;
  readonly grant: Grant;
}

/** The fewest places that are looked at in one round: somebody may see few of many. */
const ROUND = 100;

/** As many as are wanted, as far as there are: those that are left out are made up for by the ones after them. */
async function findListed(
  tx: IdentityTx,
  across: Across,
  asked: { readonly seeker: Seeker; readonly standing: Standing; readonly wanted: EngagementsWanted },
): Promise<readonly Listed[]> {
  const { seeker, standing, wanted } = asked;
  const listed: Listed[] = [];
  const count = Math.max(wanted.count, ROUND);
  let { after } = wanted;
  for (;;) {
    const places = await listEngagementPlaces(tx, seeker, { ...wanted, after, count });
    const ids = places.map(({ id }) => id);
    const rows = new Map((await findEngagementsOf(tx, ids)).map((row) => [row.id, row]));
    for (const place of places) {
      const row = rows.get(place.id);
      const grant = row && across.grant("engagement.read", standingIn(row, seeker, standing));
      if (row && grant) listed.push({ place, row, grant });
    }
    after = places.at(-1) ?? null;
    if (listed.length >= wanted.count || places.length < count) return listed.slice(0, wanted.count);
  }
}

/** Somebody's roles in an engagement of the list, as decisions ask for them. */
function standingIn(row: EngagementRow, { userId }: Seeker, standing: Standing): EngagementStanding {
  const { id, name, organisationId, assessorOrganisationId, internalReview, catalogueVersion } = row;
  const record = {
    ...{ id, name, organisationId, assessorOrganisationId, internalReview, catalogueVersion },
    entityName: row.organisation.name,
    assessorName: row.assessor?.name ?? null,
    assessorAccepted: row.assessorAcceptedAt !== null,
    // Both were checked before they were written.
    standardVersion: row.standardVersion as StandardVersion,
    assessmentType: row.assessmentType as AssessmentType,
  };
  const own = row.members.filter((member) => member.userId === userId);
  return { record, roles: own.map(({ role }) => role as EngagementRole), standing };
}
