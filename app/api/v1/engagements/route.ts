import { createEngagementInput } from "@/lib/contracts/engagement";
import { route } from "@/lib/server/route";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { readEngagements } from "@/lib/services/engagement/list-engagements";

export const GET = route({ bearer: "read" }, ({ context }) => readEngagements(context));

export const POST = route({ bearer: "write", body: createEngagementInput, status: 201 }, ({ context, body }) =>
  createEngagement(context, body),
);
