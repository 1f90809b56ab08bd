import { Paper, Text } from "@mantine/core";
import classes from "@/components/scope/scope.module.css";
import type { ScopeResultDto } from "@/lib/contracts/scope-result";

/** Both counts, side by side: what the article would put into the workbook, and what is left of it today. */
export function ResultCounts({ result }: { readonly result: ScopeResultDto }) {
  const { requirementCounts, rowCounts } = result;
  const readings = [
    { name: "article", title: "In the article’s reading" },
    { name: "today", title: "Today" },
  ] as const;
  return (
    <div className={classes.counts}>
      {readings.map(({ name, title }) => {
        const { triggered, undetermined } = rowCounts[name];
        return (
          <Paper key={name} withBorder p="md">
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <div className={classes.number}>{requirementCounts[name]}</div>
            <Text size="sm" c="dimmed">
              requirements, from {triggered} of 21 rows of the article
              {undetermined > 0 ? `; ${undetermined} of them only until a question is answered` : ""}
            </Text>
          </Paper>
        );
      })}
    </div>
  );
}
