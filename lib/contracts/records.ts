import { z } from "zod";
import { RECORD_KINDS } from "@/lib/domain/records/kinds";

/** Body of `POST /dispositions/{id}/records`: which kind of record to open for the requirement. */
export const openRecordInput = z.strictObject({ kind: z.enum(RECORD_KINDS) });
export type OpenRecordInput = z.infer<typeof openRecordInput>;
