import { Group, Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** The shape of a page with a head and a table, while it loads. */
export function TablePageSkeleton({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading…</VisuallyHidden>
      <Skeleton height={26} width="min(22rem, 70%)" mb={10} />
      <Skeleton height={14} width="min(34rem, 90%)" mb="lg" />
      <Group gap="xs" mb="sm">
        <Skeleton height={34} width={260} />
        <Skeleton height={34} width={140} visibleFrom="sm" />
        <Skeleton height={34} width={140} visibleFrom="sm" />
      </Group>
      <Stack gap={6}>
        {Array.from({ length: rows }, (_, row) => row).map((row) => (
          <Skeleton key={row} height={40} />
        ))}
      </Stack>
    </div>
  );
}

/** The shape of a page with a head and cards of text or fields, while it loads. */
export function CardsPageSkeleton({ cards = 3 }: { readonly cards?: number }) {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading…</VisuallyHidden>
      <Skeleton height={26} width="min(22rem, 70%)" mb={10} />
      <Skeleton height={14} width="min(34rem, 90%)" mb="lg" />
      <Stack gap="md">
        {Array.from({ length: cards }, (_, card) => card).map((card) => (
          <Skeleton key={card} height={132} />
        ))}
      </Stack>
    </div>
  );
}
