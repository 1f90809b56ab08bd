import { generate } from "otplib";
import { requireSession, sessionOfToken } from "@/lib/auth/session";
import { openSession } from "@/lib/auth/sign-in";
import { beginApp, confirmApp } from "@/lib/services/account/factors/authenticator-app";
import type { DemoPersonKey } from "./people";
import { type Stage, USER_AGENT } from "./stage";

/** Signs somebody in for the first time, with the password alone, and sets an authenticator app up, as everybody has to. */
export async function enrolApp(stage: Stage, person: DemoPersonKey, day: number, minute: number): Promise<void> {
  const context = stage.alone(day, minute);
  const { token } = await openSession(context, stage.userId(person), ["password"], USER_AGENT);
  const session = requireSession(await sessionOfToken(context, token, true));
  const { secret } = await beginApp(context, session);
  const epoch = Math.floor(context.clock().getTime() / 1000);
  await confirmApp(context, session, await generate({ secret: secret.replaceAll(" ", ""), epoch }));
}
