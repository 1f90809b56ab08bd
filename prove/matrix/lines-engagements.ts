import type { EngagementRole } from "@/lib/domain/access/roles";
import { OPENING } from "@/test/fixtures/gate-answers";
import type { Reply } from "../support/client";
import { settings } from "../support/workbook";
import { type At, HIDDEN, inWorlds, type Line, refused, TOO_MUCH } from "./line";
import { sideOf, standingOf, WORLDS, type World } from "./people";
import { EXTRA_ROLES } from "./stage";

const ENGAGEMENT = "/api/v1/engagements/[engagementId]";
const read = (path: string, may: Line["may"]): Line => ({ handler: `GET ${ENGAGEMENT}${path}`, may, on: "engagement" });
const alreadyNamed = refused(409, "already_exists");

/** The account of the asker, for requests about the own role; strangers to the stage name the lead. */
function self({ stage, asker }: At): string {
  return stage.players[asker === "anonymous" ? "lead" : asker].userId;
}

/** Somebody of the asker's own side whose roles nobody minds. */
function extra({ stage, asker }: At): string {
  const side = asker === "anonymous" ? "entity" : sideOf(asker);
  return stage.extras[side === "assessor" ? "assessor" : "entity"].userId;
}

/** Giving a role of one of the sides: to somebody else, and to oneself. */
function giving(may: "engagement.people" | "assessor.staff", role: EngagementRole): readonly Line[] {
  const line: Line = {
    handler: `POST ${ENGAGEMENT}/members`,
    may,
    on: "engagement",
    success: 201,
    event: "engagement.member_added",
    changes: true,
  };
  const oneself = ({ asker }: At) => (asker === "anonymous" ? null : asker);
  return [
    { ...line, call: `${role}, to another`, asks: (at) => ({ body: { userId: extra(at), role } }) },
    {
      ...line,
      call: `${role}, to oneself`,
      asks: (at) => ({ body: { userId: self(at), role } }),
      changesRoleOf: oneself,
    },
  ];
}

/** Taking a role away that the extra of a side holds. */
function taking(may: "engagement.people" | "assessor.staff", side: "entity" | "assessor"): Line {
  return {
    handler: `DELETE ${ENGAGEMENT}/members/[userId]/[role]`,
    call: `of the ${side}`,
    may,
    on: "engagement",
    asks: ({ stage }) => ({ params: { userId: stage.extras[side].userId, role: EXTRA_ROLES[side] } }),
    success: 204,
    event: "engagement.member_removed",
    changes: true,
  };
}

/** Lists show what there is for the asker, and leave out the rest without a word. */
function wrongList({ stage, asker }: At, reply: Reply): string | null {
  const { items } = reply.json as { items: readonly { id: string }[] };
  if (asker === "anonymous") return "an anonymous list";
  const theirs = WORLDS.filter((world) => !["stranger", "powerless"].includes(standingOf(asker, world)));
  const wanted = theirs.map((world) => stage.engagements[world]).sort();
  const shown = items.map(({ id }) => id).sort();
  return JSON.stringify(shown) === JSON.stringify(wanted) ? null : `it lists ${shown.length}, not ${wanted.length}`;
}

/** One's own are those in which one has a role, also one that counts for nothing there. */
function wrongOwnList({ stage, asker }: At, reply: Reply): string | null {
  const { items } = reply.json as { items: readonly { id: string }[] };
  if (asker === "anonymous") return "an anonymous list";
  const without = ["stranger", "entity_admin", "assessor_admin"];
  const theirs = WORLDS.filter((world) => !without.includes(standingOf(asker, world)));
  const wanted = theirs.map((world) => stage.engagements[world]).sort();
  const shown = items.map(({ id }) => id).sort();
  return JSON.stringify(shown) === JSON.stringify(wanted) ? null : `it lists ${shown.length}, not ${wanted.length}`;
}

/** Engagements with their people, scope and workbook. */
export const ENGAGEMENT_LINES: readonly Line[] = [
  { handler: "GET /api/v1/engagements", may: "signed_in", check: wrongList },
  { handler: "GET /api/v1/me/engagements", may: "signed_in", check: wrongOwnList },
  {
    handler: "POST /api/v1/engagements",
    may: "engagement.create",
    asks: () => ({ body: settings("Matrix's own") }),
    success: 201,
    event: "engagement.created",
    changes: true,
    // An assessor company is invited to engagements and has none of its own.
    except: ({ standing }) => (standing === "assessor_admin" ? TOO_MUCH : null),
  },
  read("", "engagement.read"),
  {
    handler: `PATCH ${ENGAGEMENT}`,
    may: "engagement.settings",
    on: "engagement",
    asks: () => {
      const { standardVersion: _, assessmentType: __, ...fields } = settings("Renamed");
      return { body: { ...fields, version: 1 } };
    },
    event: "engagement.settings_changed",
    changes: true,
  },
  read("/members", "engagement.read"),
  read("/candidates", "engagement.read"),
  ...giving("engagement.people", "internal_reviewer"),
  ...giving("assessor.staff", "qsa_lead"),
  taking("engagement.people", "entity"),
  { ...taking("assessor.staff", "assessor"), only: inWorlds("assessed") },
  {
    handler: `POST ${ENGAGEMENT}/assessor`,
    call: "one that is here",
    may: "assessor.invite",
    on: "engagement",
    asks: ({ stage }) => ({ body: { organisationId: stage.organisations.assessor } }),
    event: "assessor.invited",
    changes: true,
    except: ({ spot }) => (spot.world === "assessed" ? alreadyNamed : null),
  },
  {
    handler: `POST ${ENGAGEMENT}/assessor`,
    call: "a new one",
    may: "assessor.invite",
    on: "engagement",
    asks: () => ({ body: { firmName: "New Firm", adminName: "New Admin", adminEmail: "admin@new-firm.example" } }),
    event: "assessor.invited",
    changes: true,
    except: ({ spot }) => (spot.world === "assessed" ? alreadyNamed : null),
  },
  {
    handler: `POST ${ENGAGEMENT}/assessor/accept`,
    may: "assessor.accept",
    on: "engagement",
    only: inWorlds("assessed", "invited"),
    event: "assessor.accepted",
    changes: true,
  },
  { ...read("/events", "trail.read"), event: "trail.viewed" },
  read("/events/verification", "trail.read"),
  read("/events/checkpoint", "trail.read"),
  { ...read("/events/export", "trail.export"), event: "export.made" },
  read("/scope", "scope.read"),
  read("/scope/result", "scope.read"),
  {
    handler: `PUT ${ENGAGEMENT}/scope`,
    may: "scope.answer",
    on: "engagement",
    asks: () => ({ body: { version: 0, answers: { keyOptions: ["byok-workstation"], usesSdk: true } } }),
    event: "scope.answered",
    changes: true,
  },
  read("/worksheets", "disposition.read"),
  read("/dispositions", "disposition.read"),
  {
    handler: `POST ${ENGAGEMENT}/dispositions`,
    may: "disposition.add",
    on: "engagement",
    asks: () => ({ body: { requirementNumbers: ["1.2.1"] } }),
    success: 201,
    event: "disposition.added",
    changes: true,
  },
  {
    handler: `POST ${ENGAGEMENT}/dispositions/bulk`,
    may: "disposition.add",
    on: "engagement",
    only: inWorlds("assessed", "self_assessed"),
    asks: (at) => ({ body: { ids: [rowIn(at, at.spot.world)], dueOn: "2026-10-01" } }),
    event: "disposition.assigned",
    changes: true,
  },
  {
    handler: `POST ${ENGAGEMENT}/dispositions/bulk`,
    call: "a row of another engagement",
    may: "disposition.add",
    on: "engagement",
    only: inWorlds("assessed", "self_assessed"),
    asks: (at) => ({
      body: { ids: [rowIn(at, at.spot.world === "assessed" ? "self_assessed" : "assessed")], dueOn: "2026-10-01" },
    }),
    except: () => HIDDEN,
  },
  {
    handler: "PATCH /api/v1/dispositions/[dispositionId]",
    may: "disposition.decide",
    on: "row",
    asks: ({ spot }) => ({ body: { version: spot.taken ? 2 : 1, disposition: "met", note: "Shown by the matrix." } }),
    event: "disposition.decided",
    changes: true,
    except: ({ spot }) => (spot.taken ? refused(409, "blocked") : null),
  },
  {
    handler: "PATCH /api/v1/dispositions/[dispositionId]",
    call: "another owner",
    may: "disposition.decide",
    on: "row",
    asks: ({ stage, spot }) => ({
      body: { version: spot.taken ? 2 : 1, ownerId: stage.players.internal_reviewer.userId },
    }),
    event: "disposition.decided",
    changes: true,
    except: ({ standing }) => (standing === "lead" ? null : TOO_MUCH),
  },
  {
    handler: "POST /api/v1/dispositions/[dispositionId]/worksheet",
    may: "worksheet.create",
    on: "row",
    asks: () => ({ body: OPENING }),
    success: 201,
    event: "worksheet.opened",
    changes: true,
    except: ({ spot }) => (spot.taken ? refused(409, "already_exists") : null),
  },
  {
    handler: "POST /api/v1/dispositions/[dispositionId]/records",
    may: "record.open",
    on: "row",
    asks: () => ({ body: { kind: "risk_analysis" } }),
    success: 201,
    event: "record.opened",
    changes: true,
    // The row with a worksheet is of a requirement that lets nobody set a frequency.
    except: ({ spot }) => (spot.taken ? refused(409, "blocked") : null),
  },
];

/** A row of one of the engagements. */
function rowIn({ stage }: At, world: World): string {
  return stage.spots.find((one) => one.kind === "row" && one.world === world)?.params.dispositionId ?? "";
}
