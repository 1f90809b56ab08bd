import { createEngagementInput } from "@/lib/contracts/engagement";
import { route } from "@/lib/server/route";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { readEngagements } from "@/lib/services/engagement/list-engagements";

export const GET = route({}, ({ context }) => readEngagements(context));

export const POST = route({ body: createEngagementInput, status: 201 }, ({ context, body }) =>
  createEngagement(context, body),
);
