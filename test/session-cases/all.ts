import type { SessionCase } from "@/test/session-cases/instances";
import { REVOCATION_CASES } from "@/test/session-cases/revocations";
import { TIME_CASES } from "@/test/session-cases/times";
import { TOKEN_CASES } from "@/test/session-cases/tokens";

/** Everything that has to hold of sessions, to be played one after the other in a world of its own. */
export const SESSION_CASES: readonly SessionCase[] = [...TIME_CASES, ...TOKEN_CASES, ...REVOCATION_CASES];
