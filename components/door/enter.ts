import { signIn } from "@/lib/client/sign-in";

/** Goes on as the person who has just got an account; where the sign-in fails, by way of its page. */
export async function enterAs(email: string, password: string): Promise<void> {
  const result = await signIn(email, password).catch(() => null);
  // A full load, so that the frame is built for the person.
  window.location.assign(result?.ok ? "/engagements" : "/sign-in");
}
