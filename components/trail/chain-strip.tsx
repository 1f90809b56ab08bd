"use client";

import { Alert, Button, Group, Loader, Text } from "@mantine/core";
import { IconLink, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import classes from "@/components/trail/trail.module.css";
import { api } from "@/lib/client/api";
import { isAborted } from "@/lib/client/errors";
import type { ChainVerificationDto, CheckpointComparisonDto } from "@/lib/contracts/trail";

type Check = { readonly result: ChainVerificationDto | null; readonly error: unknown };

/** What a comparison with the newest checkpoint tells. */
function checkpointWords({ size, signature }: CheckpointComparisonDto): string {
  const events = size.toLocaleString("en");
  const signed = {
    valid: "whose signature is valid",
    invalid: "whose signature is not valid",
    unchecked: "whose signature could not be checked, because the keys are not at hand",
  }[signature];
  return ` The first ${events} give the root of the newest checkpoint, ${signed}.`;
}

/** What is said of archived events, whose texts are not at hand. */
function archivedWords(archived: number): string {
  return ` The first ${archived.toLocaleString("en")} are archived: they were computed from the hashes that were kept of their texts, and an operator verifies the texts.`;
}

/** What is said of gaps that an operator recorded. */
function gapWords(gaps: ChainVerificationDto["gaps"]): string {
  const many = gaps.length === 1 ? "A gap was recorded" : `${gaps.length} gaps were recorded`;
  const isChecked = gaps.every(({ signature }) => signature === "valid");
  const signed = isChecked
    ? "what is lost was signed by a key of this service"
    : "who signed what is lost could not be checked, because the keys are not at hand";
  return ` ${many} after data were put back; ${signed}.`;
}

/** Recomputes the chain on the server and says how far it holds, or the first thing that is wrong. `path` is the API's, without `/api/v1`. */
export function ChainStrip({ path }: { readonly path: string }) {
  const [{ result, error }, setCheck] = useState<Check>({ result: null, error: null });
  const check = useCallback(
    async (signal?: AbortSignal) => {
      setCheck({ result: null, error: null });
      try {
        setCheck({ result: await api.get<ChainVerificationDto>(path, signal ? { signal } : {}), error: null });
      } catch (caught) {
        if (!isAborted(caught)) setCheck({ result: null, error: caught });
      }
    },
    [path],
  );
  useEffect(() => {
    const stop = new AbortController();
    void check(stop.signal);
    return () => stop.abort();
  }, [check]);

  const again = (
    <Button size="compact-sm" variant="default" onClick={() => check()} className={classes.screenOnly}>
      Check again
    </Button>
  );
  if (error) return <ProblemAlert error={error} mb="md" />;
  if (!result) {
    return (
      <Alert color="gray" icon={<IconLink size={18} aria-hidden="true" />} mb="md" py="xs" role="status">
        <Group gap="xs">
          <Loader size="xs" aria-hidden="true" />
          <Text size="sm">Recomputing every hash of the chain…</Text>
        </Group>
      </Alert>
    );
  }
  const count = result.events.toLocaleString("en");
  return result.holds ? (
    <Alert color="green" icon={<IconShieldCheck size={18} aria-hidden="true" />} mb="md" py="xs" role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <b>Chain verified to event {count}.</b> Every entry carries the hash of the one before it, and all of them
          match.{result.archived > 0 && archivedWords(result.archived)}
          {result.checkpoint && checkpointWords(result.checkpoint)}
          {result.gaps.length > 0 && gapWords(result.gaps)}
        </Text>
        {again}
      </Group>
    </Alert>
  ) : (
    <Alert
      color="red"
      icon={<IconShieldX size={18} aria-hidden="true" />}
      mb="md"
      title="The chain does not hold"
      role="alert"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm">{result.problem ?? "The first thing that is wrong could not be named."}</Text>
        {again}
      </Group>
    </Alert>
  );
}
