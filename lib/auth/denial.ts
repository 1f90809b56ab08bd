import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity } from "@/lib/auth/open";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { sqlState } from "@/lib/db/errors";
import type { Action } from "@/lib/domain/access/actions";
import type { Denial } from "@/lib/domain/access/authorise";
import type { WorksheetKind } from "@/lib/domain/records/kinds";

/** A denial on its way out, so that the transaction is undone before the denial is written down; null: no such target. */
export class Denied extends Error {
  /**
   * @param kind of the document that was asked for, where the person may know that it is there
   * @param attempt what was asked for, where that is one of several things of a request
   */
  constructor(
    readonly denial: Denial | null,
    readonly kind: WorksheetKind = "ccw",
    readonly attempt?: Attempt,
  ) {
    super("denied");
  }
}

/** What was asked for, by ids. Of one's own factors and tokens no policy speaks: they are everybody's own. */
export interface Attempt {
  readonly action: Action | "account.factors" | "account.tokens" | "token.use";
  readonly reference: object;
}

/** A use case's own refusals that are denials: the right was there, but not for this much of it. */
const CODES_OF_FAILURES: Readonly<Partial<Record<Failure["code"], string>>> = {
  forbidden: "not_allowed",
  step_up_required: "step_up",
  not_found: "unknown_target",
};

/**
 * The failure to answer with, after an event of the denial was left on the chain of the actor's own organisation, never
 * of the target's. Whatever is no denial comes back as it is.
 */
export async function answerDenial(
  context: ServiceContext,
  actor: Actor,
  attempt: Attempt,
  error: unknown,
): Promise<unknown> {
  const denied = denialBehind(error);
  if (!denied) return error;
  const kind = error instanceof Denied && error.denial?.visible ? error.kind : "ccw";
  const { action, reference } = (error instanceof Denied && error.attempt) || attempt;
  await changeIdentity(context, async (tx) => {
    tx.record(
      makeEvent(organisationLog(actor.organisationId), tx.now, actor, {
        action: "access.denied",
        requestId: context.requestId,
        detail: {
          ...{ attempted: action, code: denied.code, reference: { ...reference } },
          ...(kind === "ccw" ? {} : { kind }),
        },
      }),
    );
  });
  return denied.failure;
}

function denialBehind(error: unknown): { readonly code: string; readonly failure: Failure } | null {
  if (error instanceof Denied) {
    return { code: error.denial?.code ?? "unknown_target", failure: failureOf(error.denial) };
  }
  if (error instanceof Failure) {
    const code = CODES_OF_FAILURES[error.code];
    return code === undefined ? null : { code, failure: error };
  }
  // The database keeps the separation of duties a second time; its refusal is a denial, not a defect.
  if (sqlState(error) !== "CV004") return null;
  return { code: "separation_of_duties", failure: new Failure("forbidden", "The separation of duties forbids this.") };
}

function failureOf(denial: Denial | null): Failure {
  if (!denial?.visible) return notFound();
  return new Failure(denial.code === "step_up" ? "step_up_required" : "forbidden", denial.reason);
}
