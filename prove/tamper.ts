import type pg from "pg";
import type { ChainVerificationDto } from "@/lib/contracts/trail";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { type App, sharedApp } from "./support/app";
import { addMember, addOrganisation, addPerson, addSession, PASSWORD, type Person } from "./support/cast";
import { Client, cookiesOf } from "./support/client";
import { answerCriteria, meetCriteria } from "./support/criteria";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { asSuperuser, unguarded } from "./support/sql";
import { attachEvidence, makeWorkbook, must, saveSection, submittableOf, type Workbook } from "./support/workbook";
import { proveRewritten } from "./tamper/rewritten";
import { proveStored } from "./tamper/stored";

/** What somebody who owns the database does behind the application's back, and how it is undone. */
interface Deed {
  readonly name: string;
  readonly sql: string;
  readonly undo: string;
}

const ANY = "log_id = $1 AND seq = $2";

/**
 * Edits, removes, swaps and cuts off events as a superuser for whom no trigger runs: each time the trail's page says that
 * the chain does not hold, and again that it does once the deed is undone. A signed revision that is changed shows on its
 * signature. Beside the page the operator's verifier, over every field of every row (tamper/stored.ts), and the signer
 * over histories that agree with themselves (tamper/rewritten.ts).
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const app = await sharedApp();
  const workbook = await makeWorkbook(app, "Tamper", 1, 1);
  const [lead] = workbook.clients;
  const [worksheetId = ""] = workbook.worksheetIds;
  if (!lead) throw new Error("There is no lead.");
  for (const key of SECTION_KEYS) {
    must(await saveSection(lead, { worksheetId, key }, 0, submittableOf(key, `What ${key} says.`)));
  }
  await attachEvidence(lead, worksheetId);
  await sign(app, workbook, lead, worksheetId);
  const address = `/api/v1/engagements/${workbook.engagementId}/events/verification`;
  const verify = async () => must<ChainVerificationDto>(await lead.send("GET", address));
  const { holds, events } = await verify();
  findings.expect(holds, "the chain does not hold before anything is done to it");

  const places = short ? [1] : [0, 1, Math.floor(events / 2), events - 2];
  let caught = 0;
  for (const place of places) {
    for (const { name, sql, undo } of DEEDS) {
      await meddle(app, workbook.organisationId, place, sql);
      if ((await verify()).holds) findings.add(`${name} at event ${place} of ${events} is not seen`);
      else caught += 1;
      await meddle(app, workbook.organisationId, place, undo);
      findings.expect((await verify()).holds, `the chain does not hold again after ${name} was undone`);
    }
  }
  await checkSignature(app, lead, worksheetId, findings);
  const stored = await proveStored(short, seed, findings);
  const rewritten = await proveRewritten(short, findings);
  return findings.result(
    `${stored}; ${rewritten}; on the page ${caught} of ${places.length * DEEDS.length} changes to a chain of ${events} events seen and none imagined; a changed revision breaks its signature`,
  );
};

const DEEDS: readonly Deed[] = [
  {
    name: "an edited payload",
    sql: `UPDATE audit_event SET payload = replace(payload, '"v":1', '"v":2') WHERE ${ANY}`,
    undo: `UPDATE audit_event SET payload = replace(payload, '"v":2', '"v":1') WHERE ${ANY}`,
  },
  {
    name: "a removed event",
    sql: `UPDATE audit_event SET log_id = 'elsewhere' WHERE ${ANY}`,
    undo: "UPDATE audit_event SET log_id = $1 WHERE log_id = 'elsewhere' AND seq = $2",
  },
  {
    name: "two swapped events",
    sql: swap(),
    undo: swap(),
  },
  {
    name: "a forged hash",
    sql: `UPDATE audit_event SET entry_hash = sha256(entry_hash) || entry_hash WHERE ${ANY}`,
    undo: `UPDATE audit_event SET entry_hash = substring(entry_hash FROM 33) WHERE ${ANY}`,
  },
  {
    name: "a head that was moved back",
    sql: "UPDATE audit_head SET size = size - 1 WHERE log_id = $1 AND $2::bigint IS NOT NULL",
    undo: "UPDATE audit_head SET size = size + 1 WHERE log_id = $1 AND $2::bigint IS NOT NULL",
  },
];

/** Exchanges the words of an event and the next one; done twice it changes nothing. */
function swap(): string {
  return `UPDATE audit_event AS one SET payload = other.payload FROM audit_event AS other
    WHERE one.log_id = $1 AND other.log_id = $1 AND one.seq IN ($2::bigint, $2::bigint + 1)
      AND other.seq = 2 * $2::bigint + 1 - one.seq`;
}

function meddle(app: App, organisationId: string, seq: number, statement: string): Promise<void> {
  return asSuperuser(app, (sql: pg.Client) =>
    unguarded(sql, async () => {
      const { rowCount } = await sql.query(statement, [`org:${organisationId}`, seq]);
      if (!rowCount) throw new Error(`Nothing was changed by: ${statement}`);
    }),
  );
}

/** Has the worksheet signed by a QSA of a company that was put down for it. */
async function sign(app: App, workbook: Workbook, lead: Client, worksheetId: string): Promise<void> {
  const { engagementId, organisationId } = workbook;
  const qsa: Person = await asSuperuser(app, async (sql) => {
    const firm = await addOrganisation(sql, "assessor", "Tamper Assurance");
    const person = await addPerson(sql, firm, "member", "Tamper QSA");
    await unguarded(sql, () =>
      sql.query(
        "UPDATE engagement SET assessor_organisation_id = $2, assessor_accepted_at = now(), version = version + 1 WHERE id = $1",
        [engagementId, firm],
      ),
    );
    await addMember(sql, { id: engagementId, organisationId }, person, "qsa_lead");
    return person;
  });
  const at = `/api/v1/worksheets/${worksheetId}`;
  await answerCriteria(lead, worksheetId);
  must(await lead.send("POST", `${at}/moves`, { body: { move: "submit", reason: "" } }));
  const entered = await asSuperuser(app, (sql) => addSession(sql, app, qsa));
  const steppedUp = await entered.client.send("POST", "/api/v1/session/step-up", { body: { password: PASSWORD } });
  must(steppedUp);
  // A step-up gives the session a new token.
  const client = new Client(app, cookiesOf(steppedUp));
  await meetCriteria(client, worksheetId);
  const { digest, statementVersion } = must<{ digest: string; statementVersion: string }>(
    await client.send("GET", `${at}/sign-off/statement`),
  );
  must(await client.send("POST", `${at}/sign-off`, { body: { kind: "sign", digest, statementVersion } }));
}

/** Changes what was signed, in the revision and in the rows that the page shows. */
async function checkSignature(app: App, lead: Client, worksheetId: string, findings: Findings): Promise<void> {
  const status = async () =>
    must<WorksheetDto>(await lead.send("GET", `/api/v1/worksheets/${worksheetId}`)).validity?.status;
  findings.expect((await status()) === "valid", "the signature does not hold before anything is done to it");
  const change = (from: string, to: string) =>
    asSuperuser(app, (sql) =>
      unguarded(sql, () =>
        sql.query("UPDATE revision SET content = replace(content, $2, $3) WHERE worksheet_id = $1", [
          worksheetId,
          from,
          to,
        ]),
      ),
    );
  await change("What objective says.", "What objective said.");
  findings.expect((await status()) === "broken", "a changed revision does not break its signature");
  await change("What objective said.", "What objective says.");
  findings.expect((await status()) === "valid", "the signature does not hold again");
  await asSuperuser(app, (sql) =>
    unguarded(sql, () =>
      sql.query(
        "UPDATE section SET narrative = replace(narrative::text, 'objective says', 'objective lies')::jsonb WHERE worksheet_id = $1 AND key = 'objective'",
        [worksheetId],
      ),
    ),
  );
  findings.expect((await status()) === "broken", "a changed section does not break the signature over it");
}
