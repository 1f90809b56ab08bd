import { requireSession } from "@/lib/auth/session";
import { route } from "@/lib/server/route";
import { listFactors } from "@/lib/services/account/factors/list-factors";

export const GET = route({ public: true, unfinished: true }, ({ context, session }) =>
  listFactors(context, requireSession(session)),
);
