"use client";

import { Button, NumberInput, Stack, Text } from "@mantine/core";
import { Controller } from "react-hook-form";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { SaveButtons } from "@/components/kit/save-buttons";
import { useValuesForm } from "@/components/organisation/use-values-form";
import { type ChangePolicyInput, changePolicyInput, type SecurityPolicyDto } from "@/lib/contracts/security-policy";
import { BUILT_IN_POLICY, POLICY_NAMES, POLICY_RANGES, type PolicyName } from "@/lib/domain/security/policy";
import { POLICY_WORDS } from "@/lib/domain/security/policy-words";

/** The security policy of one's organisation: each value may be stricter than the built-in one. */
export function PolicyForm({ policy }: { readonly policy: SecurityPolicyDto }) {
  const { form, onSubmit, busy, error, errorOf, takeTheirs, fill } = useValuesForm(changePolicyInput, policy, {
    path: "/organisation/policy",
    valuesOf,
    saved: "The policy is in force.",
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="lg" maw={560}>
        {POLICY_NAMES.map((name) => (
          <Controller
            key={name}
            name={name}
            control={form.control}
            render={({ field }) => (
              <NumberInput
                label={POLICY_WORDS[name].label}
                description={boundsOf(name)}
                inputWrapperOrder={["label", "input", "description", "error"]}
                w="100%"
                allowDecimal={false}
                allowNegative={false}
                clampBehavior="none"
                ref={field.ref}
                name={field.name}
                value={field.value}
                onBlur={field.onBlur}
                onChange={(value) => field.onChange(value === "" ? Number.NaN : Number(value))}
                error={errorOf(name)}
              />
            )}
          />
        ))}
        <ProblemAlert error={error} />
        <SaveButtons busy={busy} dirty={form.formState.isDirty} onTakeTheirs={takeTheirs}>
          <Button variant="default" onClick={() => fill({ ...BUILT_IN_POLICY, version: form.getValues("version") })}>
            Use the built-in values
          </Button>
        </SaveButtons>
        <Text size="sm" c="dimmed">
          {policy.updatedBy ? (
            <>
              Last changed by {policy.updatedBy.name}, <DateText value={policy.updatedAt} />.
            </>
          ) : (
            "Nobody has changed it yet: the built-in values are in force."
          )}
        </Text>
      </Stack>
    </form>
  );
}

/** Built-in value, range and where it comes from. */
function boundsOf(name: PolicyName): string {
  const { least, most } = POLICY_RANGES[name];
  const { source, unit } = POLICY_WORDS[name];
  const from = source ? ` PCI DSS ${source}.` : " Ours; PCI DSS names no number.";
  return `Built in: ${BUILT_IN_POLICY[name]} ${unit}. From ${least} to ${most}.${from}`;
}

function valuesOf({ updatedBy: _by, updatedAt: _at, ...values }: SecurityPolicyDto): ChangePolicyInput {
  return values;
}
