import { z } from "zod";
import { uuid } from "@/lib/contracts/text";

/** Addresses below one engagement. */
export const engagementParams = z.object({ engagementId: uuid });
/** Addresses below one row of a workbook. */
export const dispositionParams = z.object({ dispositionId: uuid });
