import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./globals.css";

import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { fontVariables } from "@/app/fonts";
import { AppFrame } from "@/components/frame/app-frame";
import { Providers } from "@/components/frame/providers";
import type { GuardedSession } from "@/components/session/guarded-session";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";
import { publicPage } from "@/lib/server/page";
import { runtime } from "@/lib/server/runtime";
import { readMe } from "@/lib/services/account/read-me";
import { engagementOfPage } from "@/lib/services/engagement/engagement-of-page";
import { readGapState } from "@/lib/services/gap/gap-state";

/** Titles of pages read "Workbook · Countervail". */
export const metadata: Metadata = {
  title: { default: "Countervail", template: "%s · Countervail" },
  description: "A workbook for PCI DSS compensating controls worksheets.",
  robots: { index: false, follow: false },
};

/** The page may be zoomed, and the browser's own bars take the page's colour. */
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f8f9" },
    { media: "(prefers-color-scheme: dark)", color: "#182026" },
  ],
};

/** The document around every page. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  const { me, session, engagement, notice } = await signedIn();
  return (
    <html lang="en" className={fontVariables} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <Providers nonce={nonce} session={session}>
          <AppFrame me={me} engagement={engagement} notice={notice}>
            {children}
          </AppFrame>
        </Providers>
      </body>
    </html>
  );
}

/** The person that the page is made for, and the session that it is made in. */
async function signedIn(): Promise<{
  readonly me: MeDto | null;
  readonly session: GuardedSession | null;
  readonly engagement: OwnEngagementDto | null;
  readonly notice: string | null;
}> {
  const context = await publicPage();
  const { actor, session } = context;
  if (!actor || !session) return { me: null, session: null, engagement: null, notice: null };
  const [me, { notice }] = await Promise.all([readMe({ ...context, actor }), readGapState(context)]);
  const path = (await headers()).get("x-countervail-path") ?? "/";
  const engagement = me.moreEngagements ? await engagementOfPage(context, path) : null;
  const ends = {
    idleEndsAt: session.ends.idle.toISOString(),
    absoluteEndsAt: session.ends.absolute.toISOString(),
    now: context.clock().toISOString(),
  };
  const { id, name, email, singleSignOn } = me;
  const { idleMinutes } = session.policy;
  return {
    me,
    engagement,
    notice,
    session: { person: { id, name, email }, singleSignOn, idleMinutes, ends, demo: runtime().config.demo },
  };
}
