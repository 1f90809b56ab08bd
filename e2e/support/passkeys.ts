import type { Page } from "@playwright/test";

/** A device with passkeys, played by the browser. */
export interface VirtualDevice {
  /** Whether it finds its person when it looks for them. */
  readonly recognises: (person: boolean) => Promise<void>;
}

/** Gives the page's browser a built-in authenticator that keeps passkeys and checks its person. */
export async function addDevice(page: Page): Promise<VirtualDevice> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    recognises: async (isUserVerified) => {
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
  };
}
