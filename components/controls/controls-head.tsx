import { controlPages } from "@/components/frame/navigation";
import { SectionNav } from "@/components/frame/section-nav";
import { PageTitle } from "@/components/kit/page-title";
import type { EngagementDto } from "@/lib/contracts/engagement";
import { ENTITY_READER_ROLES } from "@/lib/domain/access/roles";

/** The head of a page about an engagement's controls, with the others beside it. */
export function ControlsHead(props: {
  readonly engagement: EngagementDto;
  readonly title: string;
  readonly lead: string;
}) {
  const readsDrafts = props.engagement.myRoles.some((role) => ENTITY_READER_ROLES.includes(role));
  return (
    <>
      <SectionNav label="Controls" pages={controlPages(props.engagement.id, readsDrafts)} />
      <PageTitle title={props.title} lead={props.lead} />
    </>
  );
}
