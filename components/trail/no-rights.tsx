import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "@/components/kit/empty-state";
import { PageTitle } from "@/components/kit/page-title";

/** Shown to somebody who may not read a trail: why, and whom to ask. */
export function NoTrailRights({ reason }: { readonly reason: string }) {
  return (
    <>
      <PageTitle title="Trail" />
      <EmptyState icon={IconLock} title="You may not read this trail">
        {reason}
      </EmptyState>
    </>
  );
}
