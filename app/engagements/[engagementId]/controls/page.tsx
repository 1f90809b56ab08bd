import type { Metadata } from "next";
import { ControlsHead } from "@/components/controls/controls-head";
import { Register } from "@/components/controls/register";
import { NoRights } from "@/components/kit/no-rights";
import { ENTITY_READER_ROLES } from "@/lib/domain/access/roles";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { readRegister } from "@/lib/services/controls/read-register";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

export const metadata: Metadata = { title: "Controls" };

/** The register of an engagement's shared controls. */
export default async function RegisterPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/controls`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const register = await orRefused(readRegister(context, engagementId));
  if ("refused" in register) return <NoRights reason={register.refused} />;
  return (
    <>
      <ControlsHead
        engagement={engagement}
        title="Controls"
        lead="A control that many worksheets use is one record with one owner and one set of evidence. Change it once, and every worksheet that may be written has it."
      />
      <Register
        engagementId={engagementId}
        register={register.data}
        submittedOnly={!engagement.myRoles.some((role) => ENTITY_READER_ROLES.includes(role))}
      />
    </>
  );
}
