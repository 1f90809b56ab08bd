import { requireSession } from "@/lib/auth/session";
import { route } from "@/lib/server/route";
import { beginApp, removeApp } from "@/lib/services/account/factors/authenticator-app";

export const POST = route({ public: true, unfinished: true, status: 201 }, ({ context, session }) =>
  beginApp(context, requireSession(session)),
);

export const DELETE = route({ status: 204 }, ({ context }) => removeApp(context));
