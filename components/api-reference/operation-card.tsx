import { Badge, Code, Group, Stack, Text, Title } from "@mantine/core";
import { ShapeText } from "@/components/api-reference/shape-text";
import classes from "@/components/api-reference/shape-text.module.css";
import type { ReferenceOperation } from "@/lib/contracts/api/reference";

/** One operation of the API: what it does, who may ask, what is sent and what comes. */
export function OperationCard({ operation }: { readonly operation: ReferenceOperation }) {
  const { id, method, path, summary, scope, open, parameters, body, status, reply } = operation;
  return (
    <article id={id} aria-labelledby={`${id}-title`}>
      <Stack gap={6}>
        <Group gap="xs">
          <Title order={3} id={`${id}-title`}>
            {summary}
          </Title>
          <Badge color={scope === null ? "gray" : scope === "read" ? "petrol" : "orange"}>{whoAsks(scope, open)}</Badge>
        </Group>
        <Code className={classes.shape}>
          {method} {path}
        </Code>
        {parameters.length > 0 ? (
          <ul>
            {parameters.map(({ name, place, required, schema }) => (
              <li key={`${place} ${name}`}>
                <Text component="span" size="sm">
                  <Code className={classes.shape}>{name}</Code> in the {place}
                  {required ? "" : ", if wanted"}: <Code className={classes.shape}>{schema}</Code>
                </Text>
              </li>
            ))}
          </ul>
        ) : null}
        {body === null ? null : <Shape title="Body" schema={body} />}
        {reply === null ? (
          <Text size="sm">Replies {status} without a body.</Text>
        ) : (
          <Shape title={`Reply ${status}`} schema={reply} />
        )}
      </Stack>
    </article>
  );
}

function Shape({ title, schema }: { readonly title: string; readonly schema: string }) {
  return (
    <details>
      <Text component="summary" size="sm">
        {title}
      </Text>
      <ShapeText>{schema}</ShapeText>
    </details>
  );
}

function whoAsks(scope: ReferenceOperation["scope"], open: boolean): string {
  if (scope !== null) return `token to ${scope}`;
  return open ? "everybody, no token" : "people in a session";
}
