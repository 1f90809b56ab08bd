import fc from "fast-check";

/** A header to send in place of the right one, or beside the others; null takes it away. */
export type Header = readonly [name: string, value: string | null];

const VALUES: Readonly<Record<string, readonly (string | null)[]>> = {
  Origin: [
    null,
    "",
    "null",
    "%",
    "http://[",
    "http://evil.example",
    "https://localhost",
    "\xff",
    "http://localhost:1, http://localhost:2",
  ],
  "Sec-Fetch-Site": ["cross-site", "same-site", "none", "", "\xff", "same-origin"],
  Cookie: [
    null,
    "countervail=",
    "countervail=%E0%A4%A",
    `countervail=${"a".repeat(9_000)}`,
    "=;;;==;",
    "x=\x80\xff",
    "__proto__=1; constructor=2",
    "countervail=a; countervail=b",
    "__prerender_bypass=x; __next_preview_data=y",
    "mantine-color-scheme=%E0%A4%A",
    "countervail=\x01",
    "next-auth.callback-url=http%3A%2F%2F%25; next-auth.csrf-token=%00|%00; next-auth.session-token=zz",
  ],
  Host: [
    null,
    "",
    "evil.example",
    "localhost",
    "localhost:99999",
    "a b",
    "[::1",
    "%",
    "\xff",
    "localhost/x?y#z",
    "http://x",
  ],
  "Idempotency-Key": [
    "",
    "short",
    "x".repeat(201),
    "\xff".repeat(9),
    "a b c d e f g",
    "12345678",
    "12345678",
    "********",
  ],
  "X-Forwarded-Host": ["evil%", "\xff", "a b:c", "evil.example"],
  "X-Forwarded-Proto": ["javascript", "%", "http,https", ""],
  "X-Forwarded-For": ["x".repeat(3_000), "::1, zz", "\xff"],
  "Content-Type": ["application/json; charset=\xff", "application/problem+json", "application/json;", ";"],
  "Content-Encoding": ["gzip", "zz"],
  "Transfer-Encoding": ["zz", "chunked, chunked", "identity"],
  "Content-Length": ["-1", "zz", "99999999999999999999", "1, 2"],
  Expect: ["100-continue", "zz"],
  Accept: ["\xff", "application/xml", "*/*;q=zz"],
  "Accept-Encoding": ["zz;q=zz", "gzip, br, zstd"],
  Range: ["bytes=9999999-", "bytes=0-1"],
  "If-None-Match": ['\xff"', "*"],
  "If-Modified-Since": ["zz"],
  "User-Agent": ["\x80\xff".repeat(200), ""],
  Authorization: [
    "Bearer \xff",
    "Bearer",
    "bearer  a b",
    `Bearer cvt_${"0".repeat(49)}`,
    `Bearer ${"a".repeat(9_000)}`,
    "Basic !!!",
    "Digest",
  ],
  "X-HTTP-Method-Override": ["DELETE", "TRACE"],
  "X-Countervail-Background": ["\xff", "1"],
  "X-Request-Id": ["\xff", "<script>"],
  X: ["y".repeat(17_000), "a\x01b"],
  RSC: ["1", "\xff", "zz"],
  "Next-Router-State-Tree": [
    "garbage",
    "%E0%A4%A",
    "%5B%5D",
    "null",
    "%5B%22%22%2C%7B%7D%2Cnull%2Cnull%2Ctrue%5D",
    "%5B%22%22%2C%7B%7D%5D",
    "x".repeat(9_000),
  ],
  "Next-Router-Prefetch": ["1", "2", "zz"],
  "Next-Router-Segment-Prefetch": ["/_tree", "%E0%A4%A", "/../../x"],
  "Next-Url": ["%E0%A4%A", "\x80\xff", "/"],
  "Next-Action": ["x", "00".repeat(21)],
  "X-Nextjs-Data": ["1"],
  "X-Middleware-Subrequest": ["proxy:proxy:proxy:proxy:proxy", "middleware"],
  "X-Middleware-Prefetch": ["1"],
  "X-Middleware-Rewrite": ["http://evil.example/", "%"],
  "X-Invoke-Path": ["/%E0%A4%A"],
  "X-Invoke-Status": ["500"],
  "X-Invoke-Error": ['{"message":"x"}'],
  "X-Matched-Path": ["/%E0%A4%A"],
  "X-Now-Route-Matches": ["1=%E0"],
  "X-Prerender-Revalidate": ["x"],
  "Next-Resume": ["1"],
};

/** Headers that are wrong, foreign, malformed, or Next's own. */
export const strangeHeaders: fc.Arbitrary<readonly Header[]> = fc.uniqueArray(
  fc
    .constantFrom(...Object.keys(VALUES))
    .chain((name) => fc.constantFrom(...(VALUES[name] ?? [])).map((value): Header => [name, value])),
  { minLength: 1, maxLength: 3, selector: ([name]) => name },
);

/** Puts headers in the place of those of the same name. */
export function withHeaders(
  right: readonly Header[],
  strange: readonly Header[],
): readonly (readonly [string, string])[] {
  const replaced = new Set(strange.map(([name]) => name.toLowerCase()));
  const all = [...right.filter(([name]) => !replaced.has(name.toLowerCase())), ...strange];
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}
