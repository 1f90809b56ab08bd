import { TablePageSkeleton } from "@/components/kit/skeletons";

/** The shape of the pages about controls while they load. */
export default function Loading() {
  return <TablePageSkeleton />;
}
