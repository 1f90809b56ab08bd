import { changeLogoInput } from "@/lib/contracts/logo";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { changeLogo, readOwnLogo } from "@/lib/services/organisation/logo";

/** A picture of 512 kB in base64, and the words beside it. */
const LIMIT = 720_000;

export const GET = route({ versionOf: "logo" }, ({ context }) => readOwnLogo(context));

export const PUT = route({ versionOf: "logo", body: changeLogoInput, limit: LIMIT }, ({ context, body }) =>
  changeLogo(context, runtime().evidence.scanner, body),
);
