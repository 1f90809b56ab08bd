import { Alert, Anchor, Text } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import classes from "@/components/catalogue/catalogue.module.css";
import { sourceName } from "@/lib/domain/catalogue/source-name";
import type { Provenance } from "@/lib/domain/catalogue/status";

/** The year belongs to it: a reader has to see how old the statement is. */
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Why opinions differ, when they do; `row` names the article's row where several stand together. */
export function DisputeNote({
  disputed,
  disputeReason,
  row,
}: Pick<Provenance, "disputed" | "disputeReason"> & { readonly row?: string }) {
  if (!disputed) return null;
  return (
    <Alert color="yellow" variant="light" icon={<IconScale size={16} aria-hidden="true" />} py={6} px="sm" mt="xs">
      <strong>Disputed{row ? `, row ${row}` : null}.</strong> {disputeReason}
    </Alert>
  );
}

/** As of when, and on which sources; a definition has none. */
export function SourcesNote({ asOf, sources, definition }: Pick<Provenance, "asOf" | "sources" | "definition">) {
  return (
    <Text size="sm" c="dimmed" component="div" mt="sm">
      As of <time dateTime={asOf}>{DAY.format(new Date(`${asOf}T00:00:00Z`))}</time>
      {definition ? ". A definition or judgement; there is no source to cite." : null}
      {sources.length > 0 ? (
        <details>
          <summary>
            {sources.length} {sources.length === 1 ? "source" : "sources"}
          </summary>
          <ul className={classes.plain}>
            {sources.map((source) => (
              <li key={source}>
                <Anchor href={source} rel="noreferrer" size="sm" style={{ overflowWrap: "anywhere" }}>
                  {sourceName(source)}
                </Anchor>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Text>
  );
}
