import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "@/components/kit/empty-state";

/** Shown to somebody who may not read a trail: why, and whom to ask. */
export function NoTrailRights({ reason }: { readonly reason: string }) {
  return (
    <EmptyState icon={IconLock} title="You may not read this trail">
      {reason}
    </EmptyState>
  );
}
