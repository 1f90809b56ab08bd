/** The value of a cookie in a request's header, or null. Only tokens of our own shape are looked for, so nothing is decoded. */
export function cookieValue(header: string | null, name: string): string | null {
  for (const part of header?.split(";") ?? []) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}
