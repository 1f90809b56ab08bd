"use client";

import { TextInput, type TextInputProps } from "@mantine/core";

/** A code of an authenticator app: a numeric keyboard, and the browser may fill it in. */
export function CodeField(props: TextInputProps) {
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="one-time-code"
      placeholder="123 456"
      maxLength={9}
      spellCheck={false}
      className="tabular"
      aria-invalid={props.error ? true : undefined}
      {...props}
    />
  );
}

/** What is wrong with a code before it is sent: an attempt that cannot succeed would only count towards the lockout. */
export function codeComplaint(code: string): string | null {
  return /^\d{6}$/.test(code.replace(/\s/g, "")) ? null : "The code has six digits.";
}
