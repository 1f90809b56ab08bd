import type { Metadata } from "next";
import { Door } from "@/components/door/door";
import { ForgotPasswordForm } from "@/components/door/forgot-password-form";

export const metadata: Metadata = { title: "Forgotten password" };

/** Asks for a link to choose a new password. */
export default function ForgotPasswordPage() {
  return (
    <Door title="Forgotten password" lead="Give the address of your account, and choose a new password by a link.">
      <ForgotPasswordForm />
    </Door>
  );
}
