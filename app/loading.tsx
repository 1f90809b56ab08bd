import { CardsPageSkeleton } from "@/components/kit/skeletons";

/** Shown while a page without a skeleton of its own loads. */
export default function Loading() {
  return <CardsPageSkeleton />;
}
