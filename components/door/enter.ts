import { signIn, tellTabs } from "@/lib/client/sign-in";

/** Goes on as the person who has just got an account: by way of the sign-in page, which knows what is still to do. */
export async function enterAs(email: string, password: string): Promise<void> {
  await signIn(email, password).catch(() => null);
  tellTabs();
  // A full load, so that the page is built for the person.
  window.location.assign("/sign-in");
}
