"use client";

import { Button, Group, Select } from "@mantine/core";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { DateField } from "@/components/kit/date-field";
import { activeSignInFilters, type SignInFilters, signInFilters } from "@/components/sign-ins/sign-in-filters";
import { withQuery } from "@/lib/client/query";
import { SIGN_IN_KIND_WORDS, SIGN_IN_KINDS } from "@/lib/domain/audit/sign-in-kinds";

const KINDS = SIGN_IN_KINDS.map((value) => ({ value, label: SIGN_IN_KIND_WORDS[value] }));

/** The filters of a history of sign-ins. Each change goes into the address, which the page is rendered from. */
export function SignInFilterBar(props: {
  readonly filters: SignInFilters;
  /** Whom one can choose; none in one's own history. */
  readonly people?: readonly { readonly value: string; readonly label: string }[];
}) {
  const { filters, people } = props;
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const change = (part: Partial<SignInFilters>) => {
    const href = withQuery(pathname, activeSignInFilters({ ...filters, ...part }));
    startTransition(() => router.replace(href, { scroll: false }));
  };
  const day = { size: "sm" as const, clearable: true, flex: "1 1 9rem", maw: 190 };
  return (
    <Group gap="xs" mb="md" align="flex-end" role="search" aria-label="Filter the sign-ins" aria-busy={pending}>
      {people ? (
        <Select
          label="Person"
          placeholder="Everybody"
          data={[...people]}
          value={filters.personId || null}
          onChange={(personId) => change({ personId: personId ?? "" })}
          clearable
          searchable
          flex="1 1 9.5rem"
          maw={240}
        />
      ) : null}
      <Select
        label="What"
        placeholder="Everything"
        data={KINDS}
        value={filters.kind || null}
        onChange={(kind) => change({ kind: kind ?? "" })}
        clearable
        flex="1 1 9.5rem"
        maw={280}
      />
      <DateField {...day} label="From" value={filters.from || null} onChange={(from) => change({ from: from ?? "" })} />
      <DateField {...day} label="To" value={filters.to || null} onChange={(to) => change({ to: to ?? "" })} />
      {Object.keys(activeSignInFilters(filters)).length > 0 ? (
        <Button variant="subtle" onClick={() => change(signInFilters({}))}>
          Clear filters
        </Button>
      ) : null}
    </Group>
  );
}
