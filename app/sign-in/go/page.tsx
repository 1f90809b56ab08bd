import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { Door } from "@/components/door/door";
import { SsoDeparture } from "@/components/door/sso-window";
import { SSO_PURPOSES } from "@/lib/contracts/sso-words";
import { uuid } from "@/lib/contracts/text";

export const metadata: Metadata = { title: "Single sign-on" };

const query = z.object({ to: uuid, for: z.enum(SSO_PURPOSES) });

/**
 * A window that goes to an identity provider. It goes at once, so only our own pages may open it: a link elsewhere would
 * sign somebody in where they never wanted to.
 */
export default async function SsoGoPage(props: { readonly searchParams: Promise<Record<string, unknown>> }) {
  const asked = query.safeParse(await props.searchParams);
  if (!asked.success) notFound();
  if ((await headers()).get("sec-fetch-site") !== "same-origin") redirect("/sign-in");
  return (
    <Door title="Single sign-on" lead="This window goes to your identity provider.">
      <SsoDeparture connectionId={asked.data.to} purpose={asked.data.for} />
    </Door>
  );
}
