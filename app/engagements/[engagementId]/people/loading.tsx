import { CardsPageSkeleton } from "@/components/kit/skeletons";

/** The shape of the page while it loads. */
export default function Loading() {
  return <CardsPageSkeleton />;
}
