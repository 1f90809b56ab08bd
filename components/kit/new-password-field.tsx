"use client";

import type { PasswordInputProps } from "@mantine/core";
import { PasswordField } from "@/components/kit/password-field";

/**
 * A password that is about to be chosen, with what is asked of it.
 * @param minLength characters, by the policy of the person's organisation; absent where that is not known yet
 */
export function NewPasswordField({ minLength, ...props }: PasswordInputProps & { readonly minLength?: number }) {
  const length = minLength
    ? `At least ${minLength} characters.`
    : "At least 12 characters, or more where your organisation asks for that.";
  return (
    <PasswordField
      description={`${length} A few unrelated words are good.`}
      autoComplete="new-password"
      required
      {...props}
    />
  );
}
