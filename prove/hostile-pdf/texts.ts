import fc from "fast-check";
import { anyString } from "../fuzz/junk";
import type { Random } from "../support/random";

/** Text that has done harm in PDFs and elsewhere, or that does not show what it says. */
const HOSTILE: readonly string[] = [
  // Text that turns around, hides, or joins what should be apart.
  "approved \u202Etxt.exe\u202C by nobody",
  "\u2066left\u2069 \u2067right\u2069 \u202Dforced\u202C",
  "\u200Fmark\u200E of \u061Cdirection",
  "pay\u200Bpal\u200D.\u2060example\uFEFF",
  "soft\u00ADhyphen and no\u2011break",
  "tag \u{E0041}\u{E0042}\u{E007F} characters",
  "variation \u2764\uFE0F and \u845B\u{E0100}",
  "interlinear \uFFF9base\uFFFAnote\uFFFB",
  // Floods of marks, and marks with nothing beneath them.
  `Z${"\u0300\u0301\u0302\u0323\u0324\u0330".repeat(12)}algo`,
  `${"e\u0301\u0323".repeat(60)} e\u0301 \u0301alone`,
  "\u0338\u20DD\u20E3 enclosing 1\u20E3",
  // Scripts and pictures.
  "العربية من اليمين إلى اليسار ١٢٣",
  "עברית מימין לשמאל, ניקוד: שָׁלוֹם",
  "漢字かな交じり文、한국어 텍스트, ㄱㄴㄷ",
  "हिन्दी क्षत्रिय, ไทย น้ำ, தமிழ் கொ",
  "Łódź Ελλάδα Київ Tiếng Việt ğışç ß ẞ ŀ ǆ",
  "\u{1F469}\u200D\u{1F4BB} \u{1F1E9}\u{1F1EA} \u{1F44D}\u{1F3FD} \u{1F600}\u{10FFFF}",
  "𝕄𝕒𝕥𝕙 𝓼𝓬𝓻𝓲𝓹𝓽 ﬁ ﬂ ﷺ Ａｆｕｌｌｗｉｄｔｈ ㎏ №",
  "µ ∆ Ω Å K ÷ ≠ ← → ✓ “quotes” ‘single’ … — –",
  // Blanks of all kinds, line ends of all kinds.
  "a\u00A0b\u2003c\u3000d\u202Fe\u1680f\u2028g\u2029h\u0085i\vj\fk",
  "one\r\ntwo\rthree\n\n\nfour\tfive",
  "\u0000NUL \u0001\u0007\u0008\u001B[31m \u007F \u009B",
  // Half characters, which no field lets in.
  "\uD800 half \uDC00\uD800 other \uDFFF",
  "\uFFFE \uFFFF \uFDD0 \uE000 private \u{F0000}",
  // The syntax of PDF.
  ") /JS (app.alert(1)) /S /JavaScript (",
  ">> endobj 1 0 obj << /OpenAction << /S /Launch /F (cmd.exe) >> >>",
  "endstream endobj xref trailer startxref 0 %%EOF",
  "\\) Tj ET Q q BT (\\051 \\\\) <</AA<</O 9 0 R>>>>",
  "/EmbeddedFile /URI (javascript:alert(1)) /RichMedia",
  "\n/Type /Sig\n/ByteRange [0 9999999999 9999999999 9999999999]\n/Contents <00",
  "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3",
  "\u00FE\u00FF\u0000/\u0000J\u0000S",
  // Other languages' syntax.
  "<script>alert(document.domain)</script><img src=x onerror=alert(1)>",
  "'; DROP TABLE section; -- $(7*7) {{7*7}} %s%n %00 =cmd|' /C calc'!A0",
  "&lt;b&gt; &#x202E; <![CDATA[x]]> <!ENTITY a SYSTEM 'file:///etc/passwd'>",
  "**bold** __init__ [link](javascript:alert(1)) `code` \\* | a | b |",
  // Long without a blank.
  "x".repeat(1_500),
  "Ж→".repeat(400),
  `https://evidence.example/${"a/%2e%2e/".repeat(90)}?q=${"b".repeat(200)}`,
  "-".repeat(300),
  "…".repeat(120),
];

/** Addresses with schemes that a reader should not follow, and some that only look as if they had another. */
export const ADDRESSES: readonly string[] = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "vbscript:msgbox(1)",
  "ftp://evidence.example/x",
  "smb://evidence.example/share",
  "ms-word:ofe|u|https://evidence.example/x",
  "//evidence.example/x",
  "https:evidence.example",
  "https://evidence.example/)>>/S/Launch(",
  "https://evidence.example/\u202Efdp",
  "https://user:secret@evidence.example/",
  "http://evidence.example/ä?ö=ü#ß",
  "mailto:somebody@evidence.example?subject=)%20/JS%20(",
  "",
  "x",
];

/** Letters by range, from which random words are made: scripts that our fonts have, and scripts that they have not. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x250, 0x36f],
  [0x370, 0x52f],
  [0x590, 0x6ff],
  [0x900, 0x97f],
  [0x1e00, 0x206f],
  [0x2100, 0x2bff],
  [0x3040, 0x30ff],
  [0x4e00, 0x4fff],
  [0xfb00, 0xfdff],
  [0xfe00, 0xffff],
  [0x1d400, 0x1d7ff],
  [0x1f300, 0x1f6ff],
];

/** A source of hostile texts that follows from a seed: those above in turn, random ones, and several in one. */
export function hostileTexts(random: Random): () => string {
  const junk = fc.sample(anyString, { seed: random.int(2 ** 31), numRuns: 200 });
  let turn = random.int(HOSTILE.length);
  return () => {
    const kind = random.int(10);
    if (kind < 5) return HOSTILE[turn++ % HOSTILE.length] ?? "";
    if (kind < 7) return random.pick(junk);
    if (kind < 9) return wordsOf(random);
    return `${random.pick(HOSTILE).slice(0, 80)}${random.pick(HOSTILE).slice(0, 80)}`;
  };
}

function wordsOf(random: Random): string {
  const word = () => {
    const [from, to] = random.pick(RANGES);
    return Array.from({ length: 1 + random.int(14) }, () =>
      String.fromCodePoint(from + random.int(to - from + 1)),
    ).join("");
  };
  return Array.from({ length: 1 + random.int(12) }, word).join(" ");
}
