import { changeSsoInput } from "@/lib/contracts/single-sign-on";
import { route } from "@/lib/server/route";
import { changeSso, readSso } from "@/lib/services/organisation/single-sign-on";

export const GET = route({ versionOf: "sso" }, ({ context }) => readSso(context));

export const PUT = route({ versionOf: "sso", body: changeSsoInput, bucket: "sso" }, ({ context, body }) =>
  changeSso(context, body),
);
