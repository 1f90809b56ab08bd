"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { type DemoAccount, DemoAccounts } from "@/components/door/demo-accounts";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { ApiProblem } from "@/lib/client/errors";
import { signIn } from "@/lib/client/sign-in";

/** E-mail and password. `next` is a path of this site to go to afterwards. Demo accounts exist in demo mode alone. */
export function SignInForm(props: { readonly next: string; readonly demoAccounts: readonly DemoAccount[] }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    // An attempt that cannot succeed would only count towards the lockout.
    if (email.trim() === "" || password === "") return;
    setBusy(true);
    setError(null);
    try {
      const result = await signIn(email, password);
      if (!result.ok) throw new ApiProblem(result.problem);
      // A full load, so that the frame is built for the person. The button stays busy until it comes.
      window.location.assign(props.next);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <ProblemAlert error={error} />
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={tried && email.trim() === "" ? "Enter your e-mail address." : null}
          />
          <PasswordField
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={tried && password === "" ? "Enter your password." : null}
          />
          <Button type="submit" loading={busy} fullWidth mt={4}>
            Sign in
          </Button>
        </Stack>
      </form>
      {props.demoAccounts.length > 0 ? (
        <DemoAccounts
          accounts={props.demoAccounts}
          onPick={(account) => {
            setEmail(account.email);
            setPassword(account.password);
            setError(null);
          }}
        />
      ) : null}
    </>
  );
}
