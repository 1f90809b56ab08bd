import type { Operation } from "@/lib/contracts/api/operation";
import { PEOPLE_OPERATIONS } from "@/lib/contracts/api/operations-people";
import { WORK_OPERATIONS } from "@/lib/contracts/api/operations-work";

/**
 * Every operation of the API, in the order of its description. `npm test -- "API description"` fails by the name of a
 * handler without a line, and of a line without a handler.
 */
export const OPERATIONS: readonly Operation[] = [...WORK_OPERATIONS, ...PEOPLE_OPERATIONS];
