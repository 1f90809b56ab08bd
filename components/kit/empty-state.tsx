import { Box, Stack, Text, Title } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** Shown where a list has nothing: what this place is for, and the one button that begins it. */
export function EmptyState(props: {
  readonly icon: TablerIcon;
  readonly title: string;
  readonly children: ReactNode;
  /** One button or link. */
  readonly action?: ReactNode;
  /** Level of the heading: 1 where it is the whole page, 2 by default, 3 inside a section. */
  readonly order?: 1 | 2 | 3;
}) {
  const Icon = props.icon;
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <Box p={12} bg="var(--mantine-color-petrol-light)" c="var(--mantine-color-petrol-light-color)" lh={0} bdrs="xl">
        <Icon size={26} stroke={1.5} aria-hidden="true" />
      </Box>
      <Title order={props.order ?? 2} size="h2" mt={4}>
        {props.title}
      </Title>
      <Text c="dimmed" maw="52ch" component="div">
        {props.children}
      </Text>
      {props.action ? <Box mt="xs">{props.action}</Box> : null}
    </Stack>
  );
}
