import { TablePageSkeleton } from "@/components/kit/skeletons";

/** The shape of the workbook while it loads. */
export default function Loading() {
  return <TablePageSkeleton />;
}
