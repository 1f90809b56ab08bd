"use client";

import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { AccountFace } from "@/components/organisation/account-face";
import type { AccountDto } from "@/lib/contracts/people";

const AccountMenu = lazyPart(
  () => import("@/components/organisation/account-menu").then((module) => module.AccountMenu),
  { what: "The menu", loading: ({ account }) => <AccountFace name={account.name} /> },
);

/** The button beside somebody's account. The menu, and what menus are made of, come with the first press on it. */
export function AccountButton({ account }: { readonly account: AccountDto }) {
  const [pressed, setPressed] = useState(false);
  if (pressed) return <AccountMenu account={account} onLeave={() => setPressed(false)} />;
  return (
    <AccountFace
      name={account.name}
      onPointerEnter={AccountMenu.fetch}
      onFocus={AccountMenu.fetch}
      onClick={() => setPressed(true)}
    />
  );
}
