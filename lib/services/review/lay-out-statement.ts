import { v7 as uuidv7 } from "uuid";
import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { passkeyRequest } from "@/lib/auth/factors/passkey";
import { permissionFor, readScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { LaidOutDto, LayOutInput } from "@/lib/contracts/review";
import { prepareMove } from "@/lib/services/review/apply-move";
import { DECISIONS } from "@/lib/services/review/decisions";
import { layOut } from "@/lib/services/review/sign-off-record";
import { challengeOf } from "@/lib/services/review/sign-statement";
import { frozenNow } from "@/lib/services/worksheet/material";
import { openRevisions } from "@/lib/services/worksheet/shown-content";

/**
 * Lays out the statement of a decision as it would be signed by whoever asks; that they may sign is found when they do. To be signed by a passkey it comes
 * with a challenge, which is the statement's own digest: showing the passkey is the step-up and the signature in one.
 * @throws Failure wrong_state, invalid for a missing reason, not_found
 */
export async function layOutStatement(
  context: ServiceContext,
  worksheetId: string,
  { kind, reason, passkey }: LayOutInput,
): Promise<LaidOutDto> {
  const { action, stored } = DECISIONS[kind];
  const actor = requireActor(context);
  const laid = await readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const { material } = await prepareMove(tx, worksheetId, kind, reason);
    const revision = frozenNow(material);
    if (!revision) throw new Failure("wrong_state", "There is no frozen revision to decide on.");
    const open = openRevisions(grant.permission.view, material);
    if (!grant.worksheet || !open.some((one) => one.number === revision.number)) throw notFound();
    const witness = passkey ? "passkey" : "server_witnessed";
    const { as } = permissionFor(grant, action, grant.worksheet.facts) ?? grant.permission;
    return layOut(tx, material, revision, { id: uuidv7(), kind: stored, reason, party: as, witness, at: tx.now });
  });
  const { record, sha256, text } = laid;
  const request = passkey ? await passkeyRequest(context, "step_up", actor, challengeOf(text)) : null;
  return { id: record.id, at: record.at, sha256, payload: text, commentIds: laid.commentIds, request };
}
