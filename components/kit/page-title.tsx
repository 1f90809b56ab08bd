import { Box, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** The head of a page: its one h1, a line beneath it, and its buttons at the right. */
export function PageTitle(props: {
  readonly title: ReactNode;
  /** One line about what is shown. */
  readonly lead?: ReactNode;
  /** Small facts before the title, such as a requirement number or a badge. */
  readonly before?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="lg" wrap="wrap">
      <Box miw={0} flex="1 1 20rem">
        {props.before ? <Box mb={4}>{props.before}</Box> : null}
        <Title order={1}>{props.title}</Title>
        {props.lead ? (
          <Text c="dimmed" mt={4} maw="80ch" component="div">
            {props.lead}
          </Text>
        ) : null}
      </Box>
      {props.actions ? <Group gap="xs">{props.actions}</Group> : null}
    </Group>
  );
}
