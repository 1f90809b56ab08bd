import { Button, FileButton, Group, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";

/**
 * Chooses the file that is imported, and says which one it is.
 * @param chosen its name; null before it was read
 */
export function FileChoice(props: {
  readonly accept: string;
  readonly chosen: string | null;
  readonly busy: boolean;
  readonly onChoose: (file: File) => void;
}) {
  const { accept, chosen, busy, onChoose } = props;
  return (
    <Group gap="sm">
      <FileButton accept={accept} onChange={(file) => file && onChoose(file)}>
        {(button) => (
          <Button
            {...button}
            variant={chosen === null ? "filled" : "default"}
            leftSection={<IconUpload size={16} aria-hidden="true" />}
            loading={busy && chosen === null}
          >
            {chosen === null ? "Choose a file" : "Choose another file"}
          </Button>
        )}
      </FileButton>
      {chosen === null ? null : (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          <bdi>{chosen}</bdi>
        </Text>
      )}
    </Group>
  );
}
