import { Alert, Text, Title } from "@mantine/core";
import { IconMessageReport } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import classes from "@/components/review/review.module.css";
import type { TransitionDto } from "@/lib/contracts/review";
import type { WorksheetMove } from "@/lib/domain/workflow/states";
import { MOVE_DONE_LABELS } from "@/lib/domain/workflow/transitions";

/** Moves whose reason tells the readers what to do next. Signatures and refusals carry theirs on the certificate. */
const TELLING: readonly WorksheetMove[] = ["request_changes", "send_back", "withdraw"];

/** The moves that were made, the latest first. */
function latestFirst(transitions: readonly TransitionDto[]): readonly TransitionDto[] {
  return [...transitions].sort((a, b) => b.at.localeCompare(a.at));
}

/** Why the worksheet stands where it does, when the last move gave a reason that others have to act on. */
export function LatestReason({ transitions }: { readonly transitions: readonly TransitionDto[] }) {
  const [last] = latestFirst(transitions);
  if (!last || !TELLING.includes(last.move) || last.reason === "") return null;
  return (
    <Alert
      color="orange"
      icon={<IconMessageReport size={18} aria-hidden="true" />}
      title={`${MOVE_DONE_LABELS[last.move]} by ${last.by.name}, revision r${last.revision}`}
    >
      <Text size="sm" className={classes.reason}>
        {last.reason}
      </Text>
    </Alert>
  );
}

/** Every move of the worksheet with its reason. */
export function MoveHistory({ transitions }: { readonly transitions: readonly TransitionDto[] }) {
  if (transitions.length === 0) return null;
  return (
    <section className={classes.history} aria-labelledby="move-history">
      <Title order={2} id="move-history" mb="xs">
        History
      </Title>
      <ol>
        {latestFirst(transitions).map((one) => (
          <li key={`${one.at} ${one.move}`}>
            <Text size="sm" component="div">
              <b>{MOVE_DONE_LABELS[one.move]}</b> r{one.revision} · {one.by.name} · <DateText value={one.at} plain />
            </Text>
            {one.reason ? (
              <Text size="sm" c="dimmed" className={classes.reason}>
                {one.reason}
              </Text>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
