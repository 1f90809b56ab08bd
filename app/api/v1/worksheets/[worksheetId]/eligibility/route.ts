import { eligibilityInput } from "@/lib/contracts/rigour";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { answerEligibility } from "@/lib/services/rigour/answer-eligibility";

export const PUT = route(
  {
    bearer: "write",
    versionOf: { reply: "worksheet", over: "eligibility" },
    params: worksheetParams,
    body: eligibilityInput,
  },
  ({ context, params, body }) => answerEligibility(context, params.worksheetId, body),
);
