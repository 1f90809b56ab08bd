"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { AccountFace } from "@/components/organisation/account-face";
import type { AccountDto } from "@/lib/contracts/people";

const loadMenu = () => import("@/components/organisation/account-menu");

/** The button beside somebody's account. The menu, and what menus are made of, come with the first press on it. */
export function AccountButton({ account }: { readonly account: AccountDto }) {
  const [pressed, setPressed] = useState(false);
  if (pressed) return <AccountMenu account={account} />;
  return <AccountFace name={account.name} onPointerEnter={ahead} onFocus={ahead} onClick={() => setPressed(true)} />;
}

/** Without a connection the press itself tries again. */
const ahead = () => void loadMenu().catch(() => undefined);

const AccountMenu = dynamic(() => loadMenu().then((module) => module.AccountMenu), { ssr: false });
