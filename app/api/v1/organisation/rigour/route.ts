import { changeThresholdsInput } from "@/lib/contracts/rigour-settings";
import { route } from "@/lib/server/route";
import { changeThresholds, readThresholds } from "@/lib/services/organisation/thresholds";

export const GET = route({ versionOf: "thresholds" }, ({ context }) => readThresholds(context));

export const PUT = route({ versionOf: "thresholds", body: changeThresholdsInput }, ({ context, body }) =>
  changeThresholds(context, body),
);
