import { createHash } from "node:crypto";

/** How many texts are remembered, and so how many statements a connection keeps at most. */
const MOST = 400;
/** Longer texts are written for so many rows at once, and hardly come again. */
const LONGEST = 8_000;

/**
 * Names for statements, so that PostgreSQL parses and plans each text once on a connection, and not at every request. A text
 * gets its name when it comes for the second time; what there is no room for stays without one, which is the empty name.
 *
 * A kept plan holds row-level security as it was when it was planned; PostgreSQL plans anew by itself when the role has
 * changed since (`plancache.c`: a plan that depends on row-level security is of one role), and what a transaction may see
 * beside that goes by settings, which are read when the plan is run.
 */
export function statementNames(): (query: { readonly sql: string }) => string {
  const seen = new Set<string>();
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (sql.length > LONGEST || names.size >= MOST) return "";
    if (!seen.has(sql)) {
      // What came but once makes room now and then: it may be a text for one number of rows.
      if (seen.size >= MOST) seen.clear();
      seen.add(sql);
      return "";
    }
    const name = `cv_${createHash("sha256").update(sql).digest("base64url")}`;
    names.set(sql, name);
    return name;
  };
}
