import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type pg from "pg";
import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, inIdentity } from "@/lib/auth/open";
import { makeSecretBox, type SecretBox } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import { type Database, openDatabase } from "@/lib/db/database";
import { embeddedAddresses } from "@/lib/db/embedded/database";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import type { TransactionBase } from "@/lib/db/transactions";
import { NO_MAIL } from "@/lib/mail/mailer";
import { openKeks } from "@/lib/secrets/open-keks";
import { NO_SIGNER } from "@/lib/signing/client";
import { makeSealedTable, sealedThing, thingPlace } from "@/test/sealed-table";
import type { App } from "../support/app";
import { addOrganisation, addPerson, type Person } from "../support/cast";
import { enrolApp } from "../support/second-factor";
import { asSuperuser, superuserUrl, unguarded } from "../support/sql";

/** A secret that was put down, and what it has to open to. */
export interface PutSecret {
  readonly row: string;
  readonly organisationId: string;
  readonly text: string;
}

/** Somebody who signs in, with the secret of their authenticator app, which is sealed in the app's database. */
export interface Enrolled extends Person {
  readonly secret: string;
}

/** How much of everything is put down. */
export interface StageSize {
  readonly organisations: number;
  /** Secrets of each organisation. */
  readonly each: number;
  readonly people: number;
  /** How many read secrets at a time. */
  readonly readers: number;
}

/** A running app whose database holds many secrets, in a table of the proof's own. */
export class RotationStage {
  private constructor(
    readonly app: App,
    readonly database: Database,
    /** The same database as its superuser, to look behind everything. */
    readonly behind: Database,
    readonly kekFile: string,
    readonly secrets: PutSecret[],
    /** Organisations that have no secret yet, and so no data key. */
    readonly spare: string[],
    readonly people: readonly Enrolled[],
    readonly readers: number,
  ) {}

  /** Seals secrets for organisations, and has people set up an authenticator app each. */
  static async make(app: App, { organisations, each, people, readers }: StageSize): Promise<RotationStage> {
    const { appUrl } = embeddedAddresses(await app.databasePort(), await loadSecrets(app.dataFolder));
    const ids = Array.from({ length: organisations + 20 }, () => randomUUID());
    const enrolled = await asSuperuser(app, async (sql) => {
      await makeSealedTable(sql);
      await addOrganisations(sql, ids);
      return enrolPeople(app, sql, people);
    });
    const kekFile = join(app.dataFolder, "keys", "kek.json");
    const stage = new RotationStage(
      app,
      openDatabase(appUrl),
      openDatabase(await superuserUrl(app), "any"),
      kekFile,
      [],
      ids.slice(organisations),
      enrolled,
      readers,
    );
    const box = stage.process();
    const waiting = ids.slice(0, organisations);
    const work = async () => {
      for (let id = waiting.pop(); id; id = waiting.pop()) await stage.put(box, id, each);
    };
    await Promise.all([work(), work(), work(), work()]);
    return stage;
  }

  /** The box of a process that has just started. */
  process(): SecretBox {
    return makeSecretBox(openKeks({ keks: [{ kind: "file" }], kekFile: this.kekFile }), systemClock);
  }

  context(secrets: SecretBox): ServiceContext {
    return {
      database: this.database,
      clock: systemClock,
      secrets,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      requestId: "proof",
      url: "",
      address: "unknown",
      actor: null,
    };
  }

  /** Seals secrets for an organisation and stores them, in one transaction with its event. */
  async put(box: SecretBox, organisationId: string, count: number): Promise<void> {
    const made = Array.from({ length: count }, (): PutSecret => {
      const row = randomUUID();
      return { row, organisationId, text: `seed of ${row}` };
    });
    await asSystem(this.context(box), "proof", async (tx) => {
      for (const { row, text } of made) {
        const sealed = await box.seal(tx, thingPlace(row, organisationId), text);
        await tx.db.$executeRaw`INSERT INTO sealed_thing VALUES (${row}, ${organisationId}::uuid, ${sealed})`;
      }
      record(tx, made);
    });
    this.secrets.push(...made);
  }

  /** Seals a secret once more and stores that. */
  async putAgain(box: SecretBox, secret: PutSecret): Promise<void> {
    await asSystem(this.context(box), "proof", async (tx) => {
      const sealed = await box.seal(tx, thingPlace(secret.row, secret.organisationId), secret.text);
      await tx.db.$executeRaw`UPDATE sealed_thing SET secret = ${sealed} WHERE id = ${secret.row}`;
      record(tx, [secret]);
    });
  }

  /** Reads a secret as it is stored at this moment and opens it. @throws as the box */
  open(box: SecretBox, { row, organisationId }: PutSecret): Promise<string> {
    const context = this.context(box);
    return inIdentity(context, async (tx) =>
      box.unseal(tx, thingPlace(row, organisationId), await sealedThing(context, row)),
    );
  }

  /** How many data keys there are under each key-encryption key. */
  async dataKeys(): Promise<Map<string, number>> {
    const rows = await this.behind.prisma.dataKey.groupBy({ by: ["kekId"], _count: true });
    return new Map(rows.map(({ kekId, _count }) => [kekId, _count]));
  }

  /** Under how many secrets the newest data keys are, and how many secrets there are. */
  async fresh(): Promise<{ readonly fresh: number; readonly all: number }> {
    const [row] = await this.behind.prisma.$queryRaw<{ fresh: number; all: number }[]>`
      SELECT count(*)::int AS all, count(*) FILTER (WHERE generation > 1)::int AS fresh
      FROM sealed_thing JOIN data_key ON data_key.id::text = split_part(secret, '.', 3)`;
    return row ?? { fresh: 0, all: 0 };
  }

  /** All ciphertexts, by row. */
  async sealed(): Promise<Map<string, string>> {
    const rows = await this.behind.prisma.$queryRaw<{ id: string; secret: string }[]>`
      SELECT id, secret FROM sealed_thing`;
    return new Map(rows.map(({ id, secret }) => [id, secret]));
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.behind.close();
  }
}

/** People of two organisations, which have a data key each for the seeds of their apps. */
async function enrolPeople(app: App, sql: pg.Client, count: number): Promise<Enrolled[]> {
  const homes = [await addOrganisation(sql, "entity", "Rotation"), await addOrganisation(sql, "assessor", "Rotation")];
  const people: Enrolled[] = [];
  for (let n = 0; n < count; n += 1) {
    const person = await addPerson(sql, homes[n % homes.length] ?? "", "member", `Rotation ${n}`);
    people.push({ ...person, secret: (await enrolApp(app, sql, person)).secret });
  }
  return people;
}

function record(tx: TransactionBase, secrets: readonly PutSecret[]): void {
  const changes = secrets.map(({ row }) => ({ table: "sealed_thing", id: row }));
  tx.record({ logId: "system", changes, payload: { v: 1, at: tx.now.toISOString(), action: "proof", changes } });
}

function addOrganisations(sql: pg.Client, ids: readonly string[]): Promise<unknown> {
  return unguarded(sql, () =>
    sql.query(
      "INSERT INTO organisation (id, kind, name) SELECT id, 'entity', 'Rotation' FROM unnest($1::uuid[]) AS id",
      [ids],
    ),
  );
}
