import { threadStateInput } from "@/lib/contracts/review";
import { threadParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { setThreadState } from "@/lib/services/review/answer-thread";

export const PUT = route(
  { bearer: "write", params: threadParams, body: threadStateInput },
  ({ context, params, body }) => setThreadState(context, params.threadId, body.resolved),
);
