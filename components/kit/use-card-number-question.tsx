"use client";

import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useCallback, useState } from "react";
import { Cancelled, isProblem } from "@/lib/client/errors";
import type { Problem } from "@/lib/contracts/problem";

/** Sends something, with the answer to the question whether it holds card numbers. */
type Send<T> = (acknowledgeCardNumber: boolean) => Promise<T>;

interface Open {
  readonly problem: Problem;
  readonly answer: (isNone: boolean) => void;
}

/**
 * Asks a person before something is stored that looks like card numbers: `withQuestion((sure) => api.post(…))`. Who says
 * that it holds none sends it once more, with that answer, which is recorded; who goes back throws `Cancelled`.
 */
export function useCardNumberQuestion(): {
  /** Asks about a problem; resolves to whether the person says that there are none. */
  readonly ask: (problem: Problem) => Promise<boolean>;
  readonly withQuestion: <T>(send: Send<T>) => Promise<T>;
  /** The dialog, to be put on the page. */
  readonly question: ReactNode;
} {
  const [open, setOpen] = useState<Open | null>(null);
  const ask = useCallback(async (problem: Problem): Promise<boolean> => {
    const isNone = await new Promise<boolean>((answer) => setOpen({ problem, answer }));
    setOpen(null);
    return isNone;
  }, []);
  const withQuestion = useCallback(
    async <T,>(send: Send<T>): Promise<T> => {
      try {
        return await send(false);
      } catch (error) {
        if (!isProblem(error, "card_number_suspected")) throw error;
        if (!(await ask(error.problem))) throw new Cancelled();
        return await send(true);
      }
    },
    [ask],
  );
  return { ask, withQuestion, question: open && <CardNumberDialog {...open} /> };
}

function CardNumberDialog({ problem, answer }: Open) {
  return (
    <Modal opened onClose={() => answer(false)} title={problem.title}>
      <Stack gap="sm">
        <Text size="sm">{problem.detail}</Text>
        <List size="sm">
          {(problem.errors ?? []).map(({ path, message }) => (
            <List.Item key={`${path} ${message}`}>{message}</List.Item>
          ))}
        </List>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => answer(false)} data-autofocus>
            Go back, nothing is stored
          </Button>
          <Button color="red" onClick={() => answer(true)}>
            These are no card numbers
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
