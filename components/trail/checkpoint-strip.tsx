import { Alert, Text } from "@mantine/core";
import { IconRubberStamp, IconRubberStampOff } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { checkpointWords } from "@/components/trail/checkpoint-words";
import type { CheckpointStateDto } from "@/lib/contracts/trail";

/** The last checkpoint of a trail: how far it goes, when and by which key it was signed, and what has come since. */
export function CheckpointStrip({ state }: { readonly state: CheckpointStateDto }) {
  const { tone, title, text } = checkpointWords(state);
  const Icon = tone === "green" || tone === "gray" ? IconRubberStamp : IconRubberStampOff;
  const { checkpoint, overdueSince } = state;
  return (
    <Alert
      color={tone}
      icon={<Icon size={18} aria-hidden="true" />}
      mb="md"
      py="xs"
      role={tone === "red" || tone === "orange" ? "alert" : "status"}
    >
      <Text size="sm">
        <b>{title}.</b> {text}
        {overdueSince && (
          <>
            {" "}
            No checkpoint could be made since <DateText value={overdueSince} />.
          </>
        )}
        {checkpoint && (
          <>
            {" "}
            The last one covers {checkpoint.size.toLocaleString("en")} events and was signed{" "}
            <DateText value={checkpoint.at} /> by key {checkpoint.keyId.slice(0, 8)}.
          </>
        )}
      </Text>
    </Alert>
  );
}
