import fc from "fast-check";
import type { Edit } from "./json-edits";

/** Strings that have broken programs before, as JavaScript has them. */
const KILLERS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "x\udfff",
  "\udc00\ud800",
  "\ufffe",
  "\uffff",
  "\ufeffx",
  "\u2028",
  "\u0085",
  "\u202Eabc\u202C",
  "e\u0301",
  "\u{1F469}\u200D\u{1F4BB}",
  "\u{10FFFF}",
  "\r\n",
  "\t",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "-1",
  "1e999",
  "0x10",
  "%00",
  "%E0%A4%A",
  "\\u0000",
  "../../etc/passwd",
  "'; DROP TABLE section; --",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  "http://%",
  "http://[",
  "https://user:pw@example.com/",
  "2026-02-30",
  "0000-00-00",
  "+275760-09-13",
  "9999-12-31",
  "11111111-1111-4111-8111-111111111111",
  "1.2.3.4.5.6.7.8.9",
];

/** Any string at all: whole characters of every plane, broken ones, and what has broken programs before. */
export const anyString: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...KILLERS),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme-composite", maxLength: 20 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

const huge = fc.constantFrom(301, 4_001, 10_001, 20_001, 200_001, 1_200_000).map((size) => "x".repeat(size));
const deep = fc
  .record({ depth: fc.constantFrom(13, 200, 5_000, 100_000), open: fc.constantFrom("[", '{"content":[', '{"a":') })
  .map(({ depth, open }) => `${open.repeat(depth)}0${[...open].reverse().map(closing).join("").repeat(depth)}`);

function closing(character: string): string {
  return { "[": "]", "{": "}" }[character] ?? "";
}

/** A piece of JSON text; not always of JSON that JavaScript would write. */
const fragment: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: anyString.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "null",
      "true",
      "[]",
      "{}",
      "[[]]",
      "[null]",
      "0",
      "-0",
      "-1",
      "0.5",
      "1e400",
      "-1e400",
      "1e-400",
      "2147483647",
      "2147483648",
      "1000000000",
      "9007199254740993",
      "9".repeat(400),
      '"\\ud800"',
      '"\\u0000"',
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
      '{"length":1000000000}',
      '{"toString":1,"valueOf":1,"toJSON":1}',
      '{"type":"text","text":""}',
      '{"type":"doc","content":[]}',
      '{"then":1}',
      "[1,2,3]",
    ),
  },
  { weight: 1, arbitrary: huge.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.constantFrom(300, 3_000).map((length) => `[${"0,".repeat(length)}0]`) },
  { weight: 1, arbitrary: deep },
);

/** A few changes of a JSON body. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom("replace", "replace", "replace", "add", "remove"),
    key: fc.oneof(anyString, fc.constantFrom("id", "version", "body", "name", "content", "userId", "role")),
    fragment,
  }),
  { minLength: 1, maxLength: 3 },
);

/** Bytes that are no JSON body, with what they claim to be. */
export const rawBody = fc.record({
  type: fc.constantFrom(
    "application/json",
    "application/json; charset=utf-16",
    "APPLICATION/JSON",
    "text/plain",
    "text/html",
    "",
    "application/json, text/plain",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "\xff/\xfe",
    null,
  ),
  bytes: fc.oneof(
    fc
      .constantFrom(
        "",
        "{",
        "[",
        "nul",
        '"',
        "{}{}",
        "{'a':1}",
        "\ufeff{}",
        "NaN",
        "[1,]",
        '{"a":1,}',
        "--x--",
        "a=%00&b=%",
        "0",
      )
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom("eda080", "c080", "f4908080", "7b22ff227d", "00").map((hex) => Buffer.from(hex, "hex")),
    deep.map((text) => Buffer.from(text)),
    fc.constantFrom(1_100_000, 3_000_000).map((size) => Buffer.alloc(size, "[")),
  ),
  /** What `Content-Length` says beyond the truth; null sends the body in chunks. */
  claimed: fc.constantFrom(0, 0, 0, 0, 10, -1, null),
});

const UUID = "11111111-1111-4111-8111-111111111111";
const PATH_PARTS = `%00 %E0%A4%A %ED%A0%80 %2F ..%2f..%2f %2e%2e . % %zz %C0%80 x 0 -1 1e9 999999999 1000000000000 * %23 %3Fa=b
  00000000-0000-0000-0000-000000000000 ${UUID} ${UUID.replaceAll("-", "")} {${UUID}} ${UUID}%00 ${UUID.toUpperCase()}
  %F0%9F%92%A9 %5C a;b=c a,b null undefined [object%20Object] __proto__ constructor toString lead observer definition
  4.0.1 3.2.1 8.3.4 ${"a".repeat(3_000)} ${"%41".repeat(1_000)}`;

/** A part of an address, already encoded or deliberately not. */
export const pathPart: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...PATH_PARTS.split(/\s+/), "a b", ""),
  anyString.map((value) => encodeURIComponent(value.toWellFormed())),
);

const QUERIES = `% %00=%00 a=%E0%A4%A cursor=%00 cursor=-1 cursor=9999999999999999999 cursor=999999999999999999 cursor=1e3
  limit=0 limit=1e9 limit=-1 limit=NaN limit=0x10 limit=%ED%A0%80 limit=201 limit=1&limit=2 limit[]=1 limit=1.5 limit=
  version=4.0.1&version=3.2.1 version[]=4.0.1 version=__proto__ version=99999999999 version=-0 version=01 version=
  q=%ED%A0%80 q=%00 q=${"a".repeat(5_000)} q=%25%5F%27 status=toString keyOption=x service=%F0%9F%92%A9 service=__proto__
  from=2026-02-30 from=2026-12-01&to=2026-01-01 from=0 to=draft from=999999999 from=draft&to=draft from=1&to=0 to=1
  actorId=x actorId=${UUID} worksheetId=%00 worksheetId=${UUID} action=%00 action=${"x".repeat(101)} action=%EF%BF%BD
  paper=A5 paper=a4 revision=0 revision=999999999 revision=1 __proto__=1 constructor=1 &&&===& = ? a=b#c callbackUrl=%00`;

/** What follows the question mark. */
export const query: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...QUERIES.split(/\s+/)),
  fc
    .array(fc.tuple(anyString, anyString), { maxLength: 4 })
    .map((pairs) =>
      pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join("=")).join("&"),
    ),
);
