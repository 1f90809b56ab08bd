import { setupInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { setUp } from "@/lib/services/account/set-up";

export const POST = route({ public: true, body: setupInput, bucket: "set-up", status: 201 }, ({ context, body }) =>
  setUp(context, body, runtime().config.setupCode),
);
