import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DoorRoom } from "@/components/door/door";
import { safeNext } from "@/components/door/safe-next";
import { SignInDoor } from "@/components/door/sign-in-door";
import { TextLink } from "@/components/kit/text-link";
import { ssoTroubleWords } from "@/lib/contracts/sso-words";
import { publicPage } from "@/lib/server/page";
import { runtime } from "@/lib/server/runtime";
import { readDemoSignIns } from "@/lib/services/account/demo-sign-ins";
import { needsSetUp } from "@/lib/services/account/set-up";
import { DEMO_PEOPLE } from "@/prisma/seed/demo-people";

export const metadata: Metadata = { title: "Sign in" };

/**
 * The way in. Somebody signed in already is sent on, somebody half-way goes on where the sign-in stands; a service
 * without any organisation is set up first.
 */
export default async function SignInPage(props: {
  readonly searchParams: Promise<{ next?: string | string[]; sso?: string | string[] }>;
}) {
  const asked = await props.searchParams;
  const next = safeNext(asked.next);
  const context = await publicPage();
  const { session } = context;
  if (session?.stage === "full") redirect(next);
  if (await needsSetUp(context)) redirect("/setup");
  const demo = runtime().config.demo ? await readDemoSignIns(context, DEMO_PEOPLE) : null;
  return (
    <main>
      <DoorRoom>
        <SignInDoor
          next={next}
          trouble={ssoTroubleWords(asked.sso)}
          begun={session && { stage: session.stage, name: session.actor.name }}
          demo={demo}
        />
        {session ? null : (
          <Text ta="center" mt="md">
            <TextLink href="/forgot-password">Forgot your password?</TextLink>
          </Text>
        )}
      </DoorRoom>
    </main>
  );
}
