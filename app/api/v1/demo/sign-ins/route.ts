import { notFound } from "@/lib/contracts/failure";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { readDemoSignIns } from "@/lib/services/account/demo-sign-ins";
import { DEMO_PEOPLE } from "@/prisma/seed/demo-people";

export const GET = route({ public: true }, async ({ context }) => {
  // Outside of demo mode there is no such address.
  if (!runtime().config.demo) throw notFound();
  return readDemoSignIns(context, DEMO_PEOPLE);
});
