import { createEngagementInput, engagementsQuery } from "@/lib/contracts/engagement";
import { route } from "@/lib/server/route";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { readEngagements } from "@/lib/services/engagement/list-engagements";

export const GET = route({ bearer: "read", query: engagementsQuery }, ({ context, query }) =>
  readEngagements(context, query),
);

export const POST = route({ bearer: "write", body: createEngagementInput, status: 201 }, ({ context, body }) =>
  createEngagement(context, body),
);
