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
import type { MeDto } from "@/lib/contracts/session";
import { publicPage } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";

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
  const me = await signedIn();
  return (
    <html lang="en" className={fontVariables} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <Providers nonce={nonce}>
          <AppFrame me={me}>{children}</AppFrame>
        </Providers>
      </body>
    </html>
  );
}

async function signedIn(): Promise<MeDto | null> {
  const context = await publicPage();
  return context.actor ? readMe({ ...context, actor: context.actor }) : null;
}
