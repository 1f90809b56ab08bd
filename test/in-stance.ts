import type pg from "pg";
import { type Stance, settingsOf } from "@/lib/db/stance";

/**
 * Runs plain SQL in one transaction of a kind, as `lib/db/transactions` opens one, so that row-level security and the
 * rights of the kind's role are tried without any condition of our own.
 * @param end whether what was done is kept
 */
export async function inStance<T>(
  client: pg.Client,
  stance: Stance,
  work: () => Promise<T>,
  end: "COMMIT" | "ROLLBACK" = "ROLLBACK",
): Promise<T> {
  const { role, user, organisation, engagement } = settingsOf(stance);
  await client.query("BEGIN");
  try {
    await client.query(
      `SELECT set_config('role', $1, true), set_config('countervail.user_id', $2, true),
         set_config('countervail.organisation_id', $3, true), set_config('countervail.engagement_id', $4, true)`,
      [role, user, organisation, engagement],
    );
    const result = await work();
    await client.query(end);
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
