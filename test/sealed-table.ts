import type pg from "pg";
import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, inIdentity } from "@/lib/auth/open";
import type { IdentityTx } from "@/lib/db/kinds";
import type { SealedColumn } from "@/lib/domain/secrets/sealed-columns";
import type { SecretPlace } from "@/lib/secrets/place";

/** A column of sealed texts that only tests have; its table asks for events as the real ones do. */
export const SEALED_THING: SealedColumn = {
  table: "sealed_thing",
  column: "secret",
  key: "id",
  organisation: "organisation_id",
};

/** Makes the table of {@link SEALED_THING}. @param superuser a connection that may do so */
export async function makeSealedTable(superuser: pg.Client): Promise<void> {
  await superuser.query(`
    CREATE TABLE sealed_thing (id text PRIMARY KEY, organisation_id uuid, secret text NOT NULL);
    GRANT SELECT, INSERT, UPDATE ON sealed_thing TO countervail_system, countervail_identity;
    SELECT audit_protect('sealed_thing', 'id')`);
}

/** Where the secret of a row lies. */
export function thingPlace(row: string, organisationId: string | null): SecretPlace {
  return { table: SEALED_THING.table, column: SEALED_THING.column, row, organisationId };
}

/** Seals and stores a secret. @param beforeCommit waited for with everything done but the commit */
export function storeThing(
  context: ServiceContext,
  row: string,
  organisationId: string | null,
  text: string,
  beforeCommit: Promise<void> = Promise.resolve(),
): Promise<void> {
  return asSystem(context, "test", async (tx) => {
    const sealed = await context.secrets.seal(tx, thingPlace(row, organisationId), text);
    await tx.db.$executeRaw`INSERT INTO sealed_thing VALUES (${row}, ${organisationId}::uuid, ${sealed})`;
    const changes = [{ table: "sealed_thing", id: row }];
    tx.record({ logId: "system", changes, payload: { v: 1, at: tx.now.toISOString(), action: "test" } });
    await beforeCommit;
  });
}

/** What is stored for a row, as it is. */
export function sealedThing(context: ServiceContext, row: string): Promise<string> {
  return inIdentity(context, (tx) => storedThing(tx, row));
}

async function storedThing(tx: IdentityTx, row: string): Promise<string> {
  const rows = await tx.db.$queryRaw<{ secret: string }[]>`SELECT secret FROM sealed_thing WHERE id = ${row}`;
  return rows[0]?.secret ?? "";
}

/** Reads and opens the secret of a row. */
export function readThing(context: ServiceContext, row: string, organisationId: string | null): Promise<string> {
  return inIdentity(context, async (tx) =>
    context.secrets.unseal(tx, thingPlace(row, organisationId), await storedThing(tx, row)),
  );
}
