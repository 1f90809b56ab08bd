import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/door/door";
import { SetUpForm } from "@/components/door/set-up-form";
import { publicPage } from "@/lib/server/page";
import { needsSetUp } from "@/lib/services/account/set-up";

export const metadata: Metadata = { title: "Set up" };

/** The first run without a demo. Once there is an organisation the page sends everybody on. */
export default async function SetUpPage() {
  const context = await publicPage();
  if (!(await needsSetUp(context))) redirect(context.actor ? "/engagements" : "/sign-in");
  return (
    <Door title="Set up Countervail" lead="Make the first organisation and its admin. This page works once." wide>
      <SetUpForm />
    </Door>
  );
}
