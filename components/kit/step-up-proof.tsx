"use client";

import { Loader, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { CodeField } from "@/components/factors/code-field";
import { useOwnFactors } from "@/components/factors/use-own-factors";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { passkeysWork, showPasskey } from "@/lib/client/passkey";
import type { SendOptions } from "@/lib/client/send";
import type { FactorsDto } from "@/lib/contracts/factors";

type Way = "passkey" | "password" | "code";

const WORDS: Readonly<Record<Way, string>> = { passkey: "Passkey", password: "Password", code: "Code of the app" };
const READING: SendOptions = {};

/** Showing again that it is you: what the account can show, what is chosen of it, and the sending of it. */
export interface StepUpProof {
  /** Empty until it is known what the account has. */
  readonly ways: readonly Way[];
  readonly way: Way | null;
  readonly choose: (way: Way) => void;
  readonly typed: string;
  readonly type: (text: string) => void;
  /** Whether there is something to send. */
  readonly ready: boolean;
  /**
   * Shows it to the server, once: wrong ones count towards the lockout. What was typed is gone afterwards.
   * @throws ApiProblem, PasskeyError, NetworkError
   */
  readonly prove: () => Promise<void>;
}

/** What the account can show, a passkey first. An account whose factors cannot be read is asked for its password. */
export function useStepUpProof(): StepUpProof {
  const { factors, error } = useOwnFactors(READING);
  const [chosen, choose] = useState<Way | null>(null);
  const [typed, type] = useState("");
  const ways = factors ? waysOf(factors) : error ? (["password"] as const) : [];
  const way = chosen ?? ways[0] ?? null;
  const prove = async () => {
    try {
      await api.post("/session/step-up", await proofOf(way, typed), { retries: 0 });
    } finally {
      type("");
    }
  };
  const take = (next: Way) => {
    type("");
    choose(next);
  };
  const ready = way === "passkey" || (way !== null && typed !== "");
  return { ways, way, choose: take, typed, type, ready, prove };
}

function waysOf(factors: FactorsDto): readonly Way[] {
  const passkey = factors.passkeyCount > 0 && passkeysWork();
  return [...(passkey ? (["passkey"] as const) : []), "password", ...(factors.totp ? (["code"] as const) : [])];
}

async function proofOf(way: Way | null, typed: string): Promise<unknown> {
  if (way === "passkey") return { passkey: await showPasskey("/session/step-up/passkey") };
  return way === "code" ? { code: typed } : { password: typed };
}

/** The fields of a proof, within a form of the dialog. `consequence` is said beside a refusal. */
export function StepUpFields(props: {
  readonly proof: StepUpProof;
  readonly error: unknown;
  readonly description?: string;
  readonly consequence?: string;
}) {
  const { proof, error, description, consequence = "" } = props;
  const wrong = isProblem(error, "invalid_credentials") ? `${error.problem.detail} ${consequence}`.trim() : null;
  if (proof.way === null) return <Loader size="sm" role="status" aria-label="Loading what you can show" />;
  const field = {
    value: proof.typed,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => proof.type(event.currentTarget.value),
    error: wrong,
    description,
    required: true,
    withAsterisk: false,
    // They come a moment after their dialog, whose focus is then on whatever there was.
    autoFocus: true,
  };
  return (
    <Stack gap="sm">
      {proof.ways.length > 1 ? (
        <SegmentedControl
          aria-label="What you show"
          value={proof.way}
          onChange={(value) => proof.choose(value as Way)}
          data={proof.ways.map((value) => ({ value, label: WORDS[value] }))}
          fullWidth
        />
      ) : null}
      {proof.way === "passkey" ? (
        <Text size="sm">Your browser asks for your fingerprint, face, PIN or security key. {description}</Text>
      ) : null}
      {proof.way === "password" ? (
        <PasswordField label="Your password" autoComplete="current-password" {...field} />
      ) : null}
      {proof.way === "code" ? <CodeField label="Code of your app" {...field} /> : null}
      {wrong === null || proof.way === "passkey" ? <ProblemAlert error={error} /> : null}
    </Stack>
  );
}
