import type { TextRange } from "@/lib/domain/rigour/finding";

/** Shapes of secrets: private keys, secret access keys, tokens of well-known services, and passwords that are told. */
const SECRET =
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|aws_secret_access_key\s*[=:]\s*\S{16,200}|\bgh[pousr]_[A-Za-z0-9]{36,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|(?:password|passwd|passphrase|secret|api[_-]?key|token)\s*[=:]\s*(?!\*|x{3}|<|\[|\{|\()["'“]?(?=\S{0,200}\d)(?=\S{0,200}[A-Za-z])[^\s"'”,;]{8,200}/gi;

/** Where a text seems to tell a secret. What is starred out or a placeholder is none. */
export function findSecrets(text: string): readonly TextRange[] {
  return [...text.matchAll(SECRET)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}
