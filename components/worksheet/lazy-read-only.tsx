"use client";

import { Skeleton } from "@mantine/core";
import { lazyPart } from "@/components/kit/lazy-part";

/** The sections to read, for a page that is there to write them. */
export const LazyReadOnlySections = lazyPart(
  () => import("@/components/worksheet/read-only-sections").then((module) => module.ReadOnlySections),
  { what: "The text", place: "here", onServer: true, loading: () => <Skeleton height={600} /> },
);

/** The answers to the criteria to read. */
export const LazyReadOnlyCriteria = lazyPart(
  () => import("@/components/worksheet/criteria/read-only-criteria").then((module) => module.ReadOnlyCriteria),
  { what: "The answers to the criteria", place: "here", onServer: true, loading: () => <Skeleton height={200} /> },
);
