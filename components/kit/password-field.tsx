"use client";

import { PasswordInput, type PasswordInputProps } from "@mantine/core";

/** A password, which can be shown. Mantine tells only the eye that the field has an error; this tells everybody. */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} {...props} />;
}
