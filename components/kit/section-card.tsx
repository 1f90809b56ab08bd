import { Box, Group, Paper, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

/** A titled part of a page, as a region of its own. */
export function SectionCard(props: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space, for tables that reach the edges. */
  readonly flush?: boolean;
}) {
  const headingId = useId();
  return (
    <Paper component="section" withBorder aria-labelledby={headingId} mb="md">
      <Group justify="space-between" align="flex-start" px="md" pt="sm" pb={props.flush ? "sm" : 0} gap="sm">
        <Box miw={0}>
          <Title order={2} id={headingId}>
            {props.title}
          </Title>
          {props.description ? (
            <Text c="dimmed" size="sm" mt={2} maw="75ch" component="div">
              {props.description}
            </Text>
          ) : null}
        </Box>
        {props.actions ? <Group gap="xs">{props.actions}</Group> : null}
      </Group>
      <Box px={props.flush ? 0 : "md"} py={props.flush ? 0 : "md"}>
        {props.children}
      </Box>
    </Paper>
  );
}
