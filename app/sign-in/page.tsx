import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/door/door";
import { safeNext } from "@/components/door/safe-next";
import { SignInForm } from "@/components/door/sign-in-form";
import { TextLink } from "@/components/kit/text-link";
import { publicPage } from "@/lib/server/page";
import { runtime } from "@/lib/server/runtime";
import { needsSetUp } from "@/lib/services/account/set-up";
import { DEMO_PEOPLE } from "@/prisma/seed/demo-people";

export const metadata: Metadata = { title: "Sign in" };

/** The way in. Somebody signed in already is sent on; a service without any organisation is set up first. */
export default async function SignInPage(props: { readonly searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safeNext((await props.searchParams).next);
  const context = await publicPage();
  if (context.actor) redirect(next);
  if (await needsSetUp(context)) redirect("/setup");
  const demo = runtime().config.demo;
  return (
    <Door
      title="Sign in"
      lead="Write compensating controls worksheets that a QSA can accept, and prove years later what was signed."
      after={
        <Text ta="center" mt="md">
          <TextLink href="/forgot-password">Forgot your password?</TextLink>
        </Text>
      }
    >
      <SignInForm next={next} demoAccounts={demo ? DEMO_PEOPLE : []} />
    </Door>
  );
}
