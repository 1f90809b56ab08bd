import { Text } from "@mantine/core";
import classes from "@/components/worksheet/worksheet.module.css";

/** A good or a poor way to write something, with what is wrong with the poor one. */
export function Example(props: { readonly kind: "good" | "poor"; readonly text: string; readonly because?: string }) {
  return (
    <div className={classes.example} data-kind={props.kind}>
      <Text size="xs" fw={600} c={props.kind === "good" ? "green" : "red"}>
        {props.kind === "good" ? "Good" : "Poor"}
      </Text>
      <Text size="sm">{props.text}</Text>
      {props.because && (
        <Text size="xs" c="dimmed" mt={4}>
          {props.because}
        </Text>
      )}
    </div>
  );
}
