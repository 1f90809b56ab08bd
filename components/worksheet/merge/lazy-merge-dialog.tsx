"use client";

import { lazyPart } from "@/components/kit/lazy-part";

/** The choice between two versions of a section, loaded when there are two. Both texts are kept until it is made. */
export const LazyMergeDialog = lazyPart(
  () => import("@/components/worksheet/merge/merge-dialog").then((module) => module.MergeDialog),
  { what: "The comparison of the two texts" },
);
