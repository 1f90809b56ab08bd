"use client";

import { Loader, SegmentedControl, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { CodeField } from "@/components/factors/code-field";
import { useOwnFactors } from "@/components/factors/use-own-factors";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { passkeysWork, showPasskey } from "@/lib/client/passkey";
import type { SendOptions } from "@/lib/client/send";
import { stepUpInWindow } from "@/lib/client/single-sign-on";
import type { FactorsDto } from "@/lib/contracts/factors";

type Way = "passkey" | "sso" | "password" | "code";

const WORDS: Readonly<Record<Way, string>> = {
  passkey: "Passkey",
  sso: "Single sign-on",
  password: "Password",
  code: "Code of the app",
};
/** What there is nothing to type for, with what its button says. */
const SHOWN_ELSEWHERE: Readonly<Partial<Record<Way, string>>> = {
  passkey: "Use your passkey",
  sso: "Go to your identity provider",
};
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
  /** What the button says of a way that is shown elsewhere; null where something is typed here. */
  readonly elsewhere: string | null;
  /** Sends a passkey that was shown for a challenge of its own. @throws ApiProblem, NetworkError */
  readonly send: (passkey: unknown) => Promise<void>;
  /**
   * Shows it to the server, once: wrong ones count towards the lockout. What was typed is gone afterwards.
   * @throws ApiProblem, PasskeyError, NetworkError
   */
  readonly prove: () => Promise<void>;
}

/** What the account can show, a passkey first. An account whose factors cannot be read is asked for its password. Read once it is wanted. */
export function useStepUpProof(wanted = true): StepUpProof {
  const { factors, error } = useOwnFactors(READING, wanted);
  const [chosen, choose] = useState<Way | null>(null);
  const [typed, type] = useState("");
  const ways = factors ? waysOf(factors) : error ? (["password"] as const) : [];
  const way = chosen ?? ways[0] ?? null;
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const stop = new AbortController();
    leaving.current = stop;
    return () => stop.abort();
  }, []);
  const prove = async () => {
    // Nothing comes before it: a browser opens a window only right after a click.
    if (way === "sso") return stepUpInWindow(factors?.singleSignOn ?? "", leaving.current.signal);
    try {
      await api.post("/session/step-up", await proofOf(way, typed), { retries: 0 });
    } finally {
      type("");
    }
  };
  const send = async (passkey: unknown) => {
    await api.post("/session/step-up", { passkey }, { retries: 0 });
  };
  const take = (next: Way) => {
    type("");
    choose(next);
  };
  const elsewhere = (way && SHOWN_ELSEWHERE[way]) ?? null;
  const ready = elsewhere !== null || (way !== null && typed !== "");
  return { ways, way, choose: take, typed, type, ready, elsewhere, send, prove };
}

function waysOf(factors: FactorsDto): readonly Way[] {
  const passkey = factors.passkeyCount > 0 && passkeysWork();
  const has: Readonly<Record<Way, boolean>> = {
    passkey,
    sso: factors.singleSignOn !== null,
    password: factors.password,
    code: factors.totp,
  };
  return (Object.keys(has) as Way[]).filter((way) => has[way]);
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
  /** The dialog is on its way out, and whatever comes late must not take the focus with it. */
  readonly closing?: boolean;
}) {
  const { proof, error, description, consequence = "", closing = false } = props;
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
    autoFocus: !closing,
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
      {proof.way === "sso" ? (
        <Text size="sm">
          You sign in at your identity provider once more, in a window of its own. This page stays as it is.{" "}
          {description}
        </Text>
      ) : null}
      {proof.way === "password" ? (
        <PasswordField label="Your password" autoComplete="current-password" {...field} />
      ) : null}
      {proof.way === "code" ? <CodeField label="Code of your app" {...field} /> : null}
      {wrong === null || proof.elsewhere !== null ? <ProblemAlert error={error} /> : null}
    </Stack>
  );
}
