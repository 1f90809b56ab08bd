import { z } from "zod";
import { uuid } from "@/lib/contracts/text";
import { ENGAGEMENT_ROLES } from "@/lib/domain/access/roles";
import { route } from "@/lib/server/route";
import { removeMember } from "@/lib/services/engagement/manage-members";

const params = z.object({ engagementId: uuid, userId: uuid, role: z.enum(ENGAGEMENT_ROLES) });

export const DELETE = route({ params, status: 204 }, ({ context, params: { engagementId, userId, role } }) =>
  removeMember(context, engagementId, userId, role),
);
