import { requireSession } from "@/lib/auth/session";
import type { SessionDto } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";

export const GET = route({ public: true, unfinished: true }, async ({ context, session }): Promise<SessionDto> => {
  const { actor, stage, methods, ends } = requireSession(session);
  return {
    stage,
    methods,
    userId: actor.userId,
    name: actor.name,
    idleEndsAt: ends.idle.toISOString(),
    absoluteEndsAt: ends.absolute.toISOString(),
    now: context.clock().toISOString(),
  };
});
