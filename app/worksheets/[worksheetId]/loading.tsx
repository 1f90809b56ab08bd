import { WorksheetSkeleton } from "@/components/worksheet/worksheet-skeleton";

/** The shape of a worksheet while it loads. */
export default function Loading() {
  return <WorksheetSkeleton />;
}
