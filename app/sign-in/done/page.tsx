import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Door } from "@/components/door/door";
import { SsoArrival } from "@/components/door/sso-window";
import { SSO_PURPOSES, ssoTroubleWords } from "@/lib/contracts/sso-words";

export const metadata: Metadata = { title: "Single sign-on" };

const query = z.object({ for: z.enum(SSO_PURPOSES), sso: z.string().optional() });

/** What a window shows that comes back from an identity provider, before it closes. */
export default async function SsoDonePage(props: { readonly searchParams: Promise<Record<string, unknown>> }) {
  const asked = query.safeParse(await props.searchParams);
  if (!asked.success) notFound();
  const trouble = asked.data.sso ?? null;
  return (
    <Door title="Single sign-on" lead="You come back from your identity provider.">
      <SsoArrival
        purpose={asked.data.for}
        trouble={trouble}
        words={trouble === null ? null : ssoTroubleWords(trouble)}
      />
    </Door>
  );
}
