import { z } from "zod";
import { endOwnSessions } from "@/lib/auth/session";
import { uuid } from "@/lib/contracts/text";
import { route } from "@/lib/server/route";

export const DELETE = route({ params: z.object({ sessionId: uuid }), status: 204 }, ({ context, params }) =>
  endOwnSessions(context, { id: params.sessionId }),
);
