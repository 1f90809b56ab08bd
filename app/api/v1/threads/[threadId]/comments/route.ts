import { addCommentInput } from "@/lib/contracts/review";
import { threadParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { addComment } from "@/lib/services/review/answer-thread";

export const POST = route(
  { bearer: "write", params: threadParams, body: addCommentInput, status: 201 },
  ({ context, params, body }) => addComment(context, params.threadId, body.body),
);
