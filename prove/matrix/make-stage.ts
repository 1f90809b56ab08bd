import type pg from "pg";
import type { ControlDetailDto } from "@/lib/contracts/controls";
import type { EngagementRole } from "@/lib/domain/access/roles";
import {
  lockAccount,
  putApiToken,
  putApp,
  putFactorReset,
  putInvitation,
  putPasswordReset,
  putServiceAccount,
} from "../support/account-rows";
import type { App } from "../support/app";
import { addEngagement, addMember, addOrganisation, addPerson, addSession, stepUp } from "../support/cast";
import { Client } from "../support/client";
import { unguarded } from "../support/sql";
import { makeWebhook } from "../support/webhook";
import { must } from "../support/workbook";
import { Confidential } from "./confidential";
import { isAccepted, PEOPLE, PERSON_KEYS, type PersonKey, type Side, standingOf, WORLDS, type World } from "./people";
import { playWorksheets } from "./play-worksheet";
import { putExports } from "./put-exports";
import { SCENES, type Scene, type Spot } from "./spot";
import { type Administered, EXTRA_ROLES, type Player, type Stage } from "./stage";

/** Requirements of 4.0.1 that take a worksheet: one for each scene, and two whose worksheet is still to be opened. */
const NUMBERS = [
  "3.7.6",
  "6.3.3",
  "8.2.1",
  "8.2.4",
  "8.2.3",
  "8.3.4",
  "5.3.1",
  "5.3.2",
  "2.2.5",
  "5.3.2.1",
  "10.4.2.1",
];

/** What is played in the engagements that have worksheets. */
export type Programme = Readonly<Record<"assessed" | "self_assessed", readonly Scene[]>>;

/** Puts the cast and the engagements down, and plays worksheets into the scenes asked for. */
export async function makeStage(app: App, sql: pg.Client, scenes: Programme): Promise<Stage> {
  const organisations = {
    entity: await addOrganisation(sql, "entity", "Matrix Payments"),
    assessor: await addOrganisation(sql, "assessor", "Matrix Assessors"),
    foreign: await addOrganisation(sql, "entity", "Elsewhere Payments"),
  };
  const players = await addPlayers(app, sql, organisations);
  const extras = {
    entity: await addPerson(sql, organisations.entity, "member", "Extra Entity"),
    assessor: await addPerson(sql, organisations.assessor, "member", "Extra Assessor"),
  };
  const engagements = {
    assessed: await putEngagement(sql, "assessed", organisations, players, extras),
    self_assessed: await putEngagement(sql, "self_assessed", organisations, players, extras),
    invited: await putEngagement(sql, "invited", organisations, players, extras),
  };
  const confidential = new Confidential();
  const spots: Spot[] = WORLDS.map((world) => ({
    kind: "engagement",
    world,
    name: world,
    params: { engagementId: engagements[world] },
  }));
  for (const world of ["assessed", "self_assessed"] as const) {
    const rows = await addRows(players.lead.plain.client, engagements[world]);
    spots.push(...(await putOwner(sql, world, rows.slice(SCENES.length), players.contributor.userId)));
    const dispositionIds = rows.slice(0, SCENES.length);
    const [dispositionId = ""] = dispositionIds;
    const taken = { name: `${world}, a row with a worksheet`, params: { dispositionId }, owner: null, taken: true };
    spots.push({ kind: "row", world, ...taken });
    const engagementId = engagements[world];
    spots.push(
      ...(await playWorksheets(
        { app, sql, world, engagementId, players, confidential },
        scenes[world],
        dispositionIds,
      )),
    );
  }
  const administered = {
    entity: await putAdministered(app, sql, organisations.entity),
    assessor: await putAdministered(app, sql, organisations.assessor),
    foreign: await putAdministered(app, sql, organisations.foreign),
  };
  return {
    app,
    sql,
    organisations,
    players,
    extras,
    engagements,
    spots,
    controls: await addControls(players.lead.plain.client, engagements),
    exports: await putExports(app, sql, organisations.entity, engagements, players),
    confidential,
    administered,
    invitation: (await putInvitation(sql, organisations.entity, players.entity_admin.userId)).token,
    passwordReset: (await putPasswordReset(sql, administered.entity.person.userId)).token,
    anonymous: new Client(app),
  };
}

async function addPlayers(
  app: App,
  sql: pg.Client,
  organisations: Readonly<Record<Side, string>>,
): Promise<Record<PersonKey, Player>> {
  const players: [PersonKey, Player][] = [];
  for (const key of PERSON_KEYS) {
    const [side, role] = PEOPLE[key];
    const person = await addPerson(sql, organisations[side], role, `Matrix ${key}`);
    const plain = await addSession(sql, app, person);
    players.push([key, { ...person, plain, steppedUp: await addSession(sql, app, person) }]);
  }
  return Object.fromEntries(players) as Record<PersonKey, Player>;
}

async function putEngagement(
  sql: pg.Client,
  world: World,
  organisations: Readonly<Record<Side, string>>,
  players: Readonly<Record<PersonKey, Player>>,
  extras: Stage["extras"],
): Promise<string> {
  const organisationId = organisations.entity;
  const assessorOrganisationId = world === "self_assessed" ? null : organisations.assessor;
  const accepted = isAccepted(world);
  const id = await addEngagement(sql, { organisationId, assessorOrganisationId, accepted, name: `Matrix ${world}` });
  const engagement = { id, organisationId };
  for (const key of PERSON_KEYS) {
    const standing = standingOf(key, world);
    if (standing === "stranger" || standing.endsWith("_admin")) continue;
    const role = standing === "powerless" ? key : standing;
    await addMember(sql, engagement, players[key], role as EngagementRole);
  }
  await addMember(sql, engagement, extras.entity, EXTRA_ROLES.entity);
  if (accepted) await addMember(sql, engagement, extras.assessor, EXTRA_ROLES.assessor);
  return id;
}

/** Adds rows to the workbook by the lead. @returns their ids in the order of the numbers */
async function addRows(lead: Client, engagementId: string): Promise<string[]> {
  const { items } = must<{ items: readonly { id: string; requirementNumber: string }[] }>(
    await lead.send("POST", `/api/v1/engagements/${engagementId}/dispositions`, {
      body: { requirementNumbers: NUMBERS },
    }),
  );
  return NUMBERS.map((number) => items.find((row) => row.requirementNumber === number)?.id ?? "");
}

async function addControls(lead: Client, engagements: Readonly<Record<World, string>>): Promise<Record<World, string>> {
  const body = { title: "Shared", description: "", nature: "detective", owner: "", changedOn: "", evidence: [] };
  const made: [World, string][] = [];
  for (const world of WORLDS) {
    const address = `/api/v1/engagements/${engagements[world]}/controls`;
    const { control } = must<ControlDetailDto>(await lead.send("POST", address, { body }));
    made.push([world, control.id]);
  }
  return Object.fromEntries(made) as Record<World, string>;
}

/** The two rows without a worksheet: the first becomes the contributor's, the second nobody's. */
async function putOwner(sql: pg.Client, world: World, ids: readonly string[], ownerId: string): Promise<Spot[]> {
  const [own = "", free = ""] = ids;
  await unguarded(sql, () => sql.query("UPDATE disposition SET owner_id = $2 WHERE id = $1", [own, ownerId]));
  return [
    {
      kind: "row",
      world,
      name: `${world}, the contributor's row`,
      params: { dispositionId: own },
      owner: "contributor",
    },
    { kind: "row", world, name: `${world}, nobody's row`, params: { dispositionId: free }, owner: null },
  ];
}

/** Somebody to be administered, somebody who has lost every factor, and another administrator who has asked for that one. */
async function putAdministered(app: App, sql: pg.Client, organisationId: string): Promise<Administered> {
  const person = await addPerson(sql, organisationId, "member", "Administered");
  const forgetful = await addPerson(sql, organisationId, "member", "Forgetful");
  const second = await addPerson(sql, organisationId, "admin", "Second Administrator");
  for (const one of [person, forgetful]) await putApp(sql, one);
  await lockAccount(sql, person.userId);
  // The first secret of a company makes its key, which is an event of its own.
  const session = await addSession(sql, app, second);
  await stepUp(sql, session);
  must(await session.client.send("POST", "/api/v1/me/factors/app", { body: {} }));
  const serviceId = await putServiceAccount(sql, organisationId, second.userId);
  return {
    person,
    serviceId,
    serviceTokenId: (await putApiToken(sql, serviceId)).id,
    resetId: await putFactorReset(sql, forgetful, second.userId),
    invitationId: (await putInvitation(sql, organisationId, second.userId)).id,
    tokenId: (await putApiToken(sql, person.userId)).id,
    webhookId: await makeWebhook(session.client),
  };
}
