import { criterionId, decideCriterionInput } from "@/lib/contracts/criteria";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { decideCriterion } from "@/lib/services/criteria/decide-criterion";

export const PUT = route(
  {
    bearer: "write",
    versionOf: "criterion",
    params: worksheetParams.extend({ criterion: criterionId }),
    body: decideCriterionInput,
  },
  ({ context, params, body }) => decideCriterion(context, params.worksheetId, params.criterion, body),
);
