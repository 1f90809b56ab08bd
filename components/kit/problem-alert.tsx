"use client";

import { Alert, type AlertProps, Anchor, Code, List, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import { problemWords } from "@/components/kit/problem-words";
import { ApiProblem } from "@/lib/client/errors";

/** An error of an action, where it happened: what, what stands in the way, what to do, request id. Nothing for no error. */
export function ProblemAlert({ error, ...rest }: { readonly error: unknown } & AlertProps) {
  const pathname = usePathname();
  const words = problemWords(error);
  if (!words) return null;
  const problem = error instanceof ApiProblem ? error.problem : null;
  const messages = [...(problem?.blockers ?? []), ...(problem?.errors ?? [])].map(({ message }) => message);
  // What is wrong with one thing alone, as a file, is said once.
  const lines = messages.filter((message) => message !== words.detail);
  return (
    <Alert
      color="red"
      icon={<IconAlertCircle size={18} aria-hidden="true" />}
      title={words.title}
      role="alert"
      {...rest}
    >
      {words.detail ? <Text size="sm">{words.detail}</Text> : null}
      {lines.length > 0 ? (
        <List size="sm" mt={4}>
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      ) : null}
      {words.advice ? (
        <Text size="sm" mt={4}>
          {words.advice}{" "}
          {words.signIn ? <Anchor href={`/sign-in?next=${encodeURIComponent(pathname)}`}>Sign in</Anchor> : null}
        </Text>
      ) : null}
      {words.requestId ? (
        <Text size="xs" c="dimmed" mt={6}>
          Request <Code fz="inherit">{words.requestId}</Code>
        </Text>
      ) : null}
    </Alert>
  );
}
