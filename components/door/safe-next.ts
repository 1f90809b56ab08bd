/**
 * Where to go after signing in: a path of this site, or the start. Anything that a browser could read as another
 * site (`//host`, `/\host`, a scheme, control characters) is refused.
 */
export function safeNext(wanted: string | readonly string[] | undefined): string {
  if (typeof wanted !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes("\\"))
    return "/engagements";
  return wanted.startsWith("/api/") || wanted.startsWith("/sign-in") ? "/engagements" : wanted;
}
