import { redirect } from "next/navigation";
import { publicPage } from "@/lib/server/page";

/** The start: one's engagements, or the way in. */
export default async function StartPage() {
  const { actor } = await publicPage();
  redirect(actor ? "/engagements" : "/sign-in");
}
