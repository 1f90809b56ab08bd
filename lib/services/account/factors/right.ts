import type { ServiceContext } from "@/lib/auth/context";
import type { OpenSession } from "@/lib/auth/session";
import { requireStepUp } from "@/lib/auth/step-up";
import { Failure } from "@/lib/contracts/failure";

/**
 * Who may change factors: somebody at their first sign-in, whose session has come to just that, or somebody signed in
 * who has shown again that it is them. With a password alone nobody adds a factor beside the ones there are.
 * @throws Failure step_up_required, second_factor_required
 */
export async function requireFactorChange(context: ServiceContext, session: OpenSession): Promise<void> {
  if (session.stage === "enrol") return;
  if (session.stage !== "full") throw new Failure("second_factor_required", "Finish signing in first.");
  await requireStepUp({ ...context, actor: session.actor });
}
