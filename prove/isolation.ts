import { randomUUID } from "node:crypto";
import type pg from "pg";
import { OPENING } from "@/test/fixtures/gate-answers";
import type { Asked } from "./fuzz/example";
import { EXAMPLES } from "./fuzz/examples";
import { Stage } from "./fuzz/stage";
import { type App, sharedApp } from "./support/app";
import { addMember, addOrganisation, addPerson, addSession, type Person, stepUp } from "./support/cast";
import type { Client, Reply } from "./support/client";
import { Findings } from "./support/findings";
import { findHandlers } from "./support/handlers";
import type { Proof } from "./support/proof";
import { asSuperuser } from "./support/sql";
import { makeWorkbook, must, type Workbook } from "./support/workbook";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Somebody of a company that has nothing to do with the engagement, and has one of its own. */
interface Foreigner {
  readonly name: string;
  readonly client: Client;
  readonly sessionId: string;
  readonly own: Workbook;
}

/**
 * Ids of one company in the hands of two others: in the address, and nested in bodies beneath an address of one's own.
 * The answer is the one that an id gets which nobody has, to the letter.
 */
export const prove: Proof = async () => {
  const findings = new Findings();
  const app = await sharedApp();
  const counts = await asSuperuser(app, async (sql) => {
    const stage = await Stage.make(app, sql, 4);
    const foreigners = [await entityAdmin(app, sql), await firmAdmin(app, sql)];
    let addresses = 0;
    let bodies = 0;
    for (const foreigner of foreigners) {
      addresses += await tryAddresses(stage, sql, foreigner, findings);
      bodies += await tryBodies(stage, sql, foreigner, findings);
    }
    return { addresses, bodies, foreigners: foreigners.length };
  });
  return findings.result(
    `${counts.addresses} addresses and ${counts.bodies} bodies with another company's ids, by ${counts.foreigners} companies: each answered as an id that nobody has`,
  );
};

async function entityAdmin(app: App, sql: pg.Client): Promise<Foreigner> {
  const own = await makeWorkbook(app, "Foreign", 1, 1);
  const [person] = own.people;
  if (!person) throw new Error("Nobody is in the workbook.");
  return { name: "another entity's admin and lead", ...(await addSession(sql, app, person)), own };
}

async function firmAdmin(app: App, sql: pg.Client): Promise<Foreigner> {
  const own = await makeWorkbook(app, "Foreign firm", 1, 1);
  const firm = await addOrganisation(sql, "assessor", "Foreign Assessors");
  const qsa: Person = await addPerson(sql, firm, "admin", "Foreign QSA");
  const [lead] = own.clients;
  const { client, sessionId } = await addSession(sql, app, qsa);
  const assessor = `/api/v1/engagements/${own.engagementId}/assessor`;
  must(await (lead as Client).send("POST", assessor, { body: { organisationId: firm } }));
  must(await client.send("POST", `${assessor}/accept`));
  await addMember(sql, { id: own.engagementId, organisationId: own.organisationId }, qsa, "qsa_lead");
  return { name: "another assessor company's admin and QSA", client, sessionId, own };
}

/** Asks every handler whose address names something, once with the stage's id and once with a made-up one. */
async function tryAddresses(stage: Stage, sql: pg.Client, foreigner: Foreigner, findings: Findings): Promise<number> {
  let tried = 0;
  for (const handler of await findHandlers()) {
    const [method = "", pattern = ""] = handler.split(" ");
    if (!/\[\w+Id\]/.test(pattern)) continue;
    const asked: Asked = (await EXAMPLES[handler]?.ask(stage, 0)) ?? {};
    const path = pattern.replace(/\[(\w+)\]/g, (_all, name: string) => asked.params?.[name] ?? stage.parameter(name));
    const query = asked.query === undefined ? "" : `?${asked.query}`;
    const body = asked.body ?? (method === "GET" || method === "DELETE" ? undefined : {});
    const ask = async (address: string, content: unknown) => {
      await stepUp(sql, foreigner);
      return foreigner.client.send(method, address + query, { body: content });
    };
    const theirs = await ask(path, body);
    const nobodys = await ask(
      path.replace(UUID, () => randomUUID()),
      body,
    );
    findings.expect(theirs.status === 404, `${handler} answered ${foreigner.name} with ${theirs.status}`);
    compare(handler, foreigner, theirs, nobodys, findings);
    tried += 1;
  }
  return tried;
}

/** Ids of the stage beneath addresses of the foreigner's own. */
async function tryBodies(stage: Stage, sql: pg.Client, { own, ...foreigner }: Foreigner, findings: Findings) {
  const engagement = `/api/v1/engagements/${own.engagementId}`;
  const [lead] = own.clients;
  const [worksheetId = ""] = own.worksheetIds;
  if (!lead) throw new Error("Nobody leads the workbook.");
  const { items } = must<{ items: readonly { id: string; version: number }[] }>(
    await lead.send("GET", `${engagement}/dispositions`),
  );
  const [row] = items;
  if (!row) throw new Error("The workbook is empty.");
  const { contributor } = stage.people;
  const nested: readonly [method: string, path: string, body: (id: string) => unknown, id: string][] = [
    ["POST", `${engagement}/members`, (userId) => ({ userId, role: "observer" }), contributor.userId],
    ["DELETE", `${engagement}/members/{id}/contributor`, () => undefined, contributor.userId],
    ["POST", `${engagement}/assessor`, (organisationId) => ({ organisationId }), stage.organisationIds[0]],
    [
      "POST",
      `${engagement}/dispositions/bulk`,
      (id) => ({ ids: [row.id, id], dueOn: "2026-11-30" }),
      stage.parameter("dispositionId"),
    ],
    ["POST", `${engagement}/dispositions/bulk`, (ownerId) => ({ ids: [row.id], ownerId }), contributor.userId],
    [
      "POST",
      `${engagement}/sheets/workbook/apply`,
      (id) => ({ changes: [{ ...DECISION, id, version: row.version }] }),
      stage.parameter("dispositionId"),
    ],
    [
      "POST",
      `${engagement}/sheets/workbook/apply`,
      (id) => ({ changes: [row.id, id].map((one) => ({ ...DECISION, id: one, version: row.version })) }),
      stage.parameter("dispositionId"),
    ],
    [
      "POST",
      `${engagement}/oscal/apply`,
      (id) => ({ worksheets: [], rows: [row.id, id].map((one) => ({ ...DECISION, id: one, version: row.version })) }),
      stage.parameter("dispositionId"),
    ],
    [
      "POST",
      `${engagement}/oscal/apply`,
      (id) => ({ worksheets: [{ ...NOTHING_NEW, dispositionId: row.id, worksheetId: id }], rows: [] }),
      stage.parameter("worksheetId"),
    ],
    [
      "PATCH",
      `/api/v1/dispositions/${row.id}`,
      (ownerId) => ({ ...DECISION, version: row.version, ownerId }),
      contributor.userId,
    ],
    [
      "POST",
      `${engagement}/carry-overs`,
      (id) => ({ worksheetId: id, requirementNumber: "8.3.4", ...OPENING }),
      stage.parameter("worksheetId"),
    ],
    ["PUT", `/api/v1/worksheets/${worksheetId}/assignees`, (id) => ({ userIds: [id] }), contributor.userId],
    [
      "POST",
      `/api/v1/worksheets/${worksheetId}/start`,
      (id) => ({ kind: "worksheet", worksheetId: id }),
      stage.parameter("worksheetId"),
    ],
  ];
  for (const [method, path, body, id] of nested) {
    const ask = async (one: string) => {
      await stepUp(sql, foreigner);
      return lead.send(method, path.replace("{id}", one), { body: body(one) });
    };
    const handler = `${method} ${path.replace(UUID, "…")} with a nested id`;
    const theirs = await ask(id);
    findings.expect(theirs.status >= 400 && theirs.status < 500, `${handler} answered with ${theirs.status}`);
    compare(handler, { ...foreigner, own }, theirs, await ask(randomUUID()), findings);
  }
  return nested.length;
}

const NOTHING_NEW = { rowVersion: null, eligibility: null, parts: [], evidence: [], reasons: [] };

const DECISION = {
  disposition: "fix_planned",
  note: "Seen in May.",
  fixOwner: "Operations",
  fixDueOn: "2026-12-01",
  dueOn: null,
  evidenceTitle: "",
  evidenceUrl: "",
};

function compare(handler: string, { name }: Foreigner, theirs: Reply, nobodys: Reply, findings: Findings): void {
  const [one, other] = [withoutOwn(theirs), withoutOwn(nobodys)];
  findings.expect(one === other, `${handler} tells ${name} more of a real id: ${one} and not ${other}`);
}

/** A reply without what differs in every one: the request's id, and ids that were sent and come back. */
function withoutOwn({ status, text }: Reply): string {
  return `${status} ${text.replace(UUID, "…").slice(0, 2_000)}`;
}
