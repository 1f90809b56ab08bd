"use client";

import { Skeleton } from "@mantine/core";
import { lazyPart } from "@/components/kit/lazy-part";

// What the shape of records is needed for: a worksheet's page goes without it.

/** The items of a part of a record. */
export const LazyRecordItems = lazyPart(
  () => import("@/components/records/record-items").then((module) => module.RecordItemsEditor),
  { what: "What the part holds", place: "here", onServer: true, loading: () => <Skeleton height={60} mt="md" /> },
);

/** What helps to write a part of a record. */
export const LazyRecordGuidance = lazyPart(
  () => import("@/components/records/record-guidance").then((module) => module.RecordGuidanceTab),
  { what: "The guidance", place: "here", onServer: true, loading: () => <Skeleton height={220} /> },
);

/** What a record is still missing. */
export const LazyRecordChecks = lazyPart(
  () => import("@/components/records/record-checks").then((module) => module.RecordChecks),
  { what: "The checks", place: "here", onServer: true, loading: () => <Skeleton height={120} /> },
);
