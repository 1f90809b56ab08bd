import { ownEngagementsQuery } from "@/lib/contracts/engagement";
import { route } from "@/lib/server/route";
import { readOwnEngagements } from "@/lib/services/account/own-engagements";

export const GET = route({ bearer: "read", query: ownEngagementsQuery }, ({ context, query }) =>
  readOwnEngagements(context, query),
);
