import { gzipSync } from "node:zlib";
import type { FileRule } from "@/lib/domain/evidence/file-rules";
import { jpeg, type Member, officeMembers, pdf, png, zip } from "@/test/evidence-files";

/** A file that somebody might send, with what has to become of it: the rule that refuses it, or null when it is taken. */
export interface HostileFile {
  readonly what: string;
  readonly name: string;
  readonly bytes: () => Buffer;
  readonly rule: FileRule | null;
}

const word = officeMembers("docx");
const sheet = officeMembers("xlsx");
const parts = (count: number, size: number): Member[] =>
  Array.from({ length: count }, (_, index) => ({ name: `word/media/${index}.bin`, bytes: Buffer.alloc(size, index) }));
const zeros = (size: number): Member => ({ name: "word/media/zeros.bin", bytes: Buffer.alloc(size) });
/** Random enough not to be packed tightly, the same each time. */
const noise = (size: number, seed = 7): Buffer => {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[at] = state >>> 16;
  }
  return bytes;
};
const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("-");
const text = (words: string) => () => Buffer.from(words);

function file(rule: FileRule | null, what: string, name: string, bytes: () => Buffer): HostileFile {
  return { rule, what, name, bytes };
}

/** Files that try each rule from several sides, and beside them honest ones that look odd. EICAR is for the scanner: no rule of ours knows it. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  // What a name can do.
  file("name", "a path upwards", "../../etc/passwd.txt", text("x")),
  file("name", "a path of Windows", "..\\..\\boot.txt", text("x")),
  file("name", "an absolute path", "/etc/cron.d/job.txt", text("x")),
  file("name", "a line break in the header", "a\r\nSet-Cookie: x=y.txt", text("x")),
  file("name", "a NUL before the ending", "page.html\0.txt", text("x")),
  file("name", "an ending that is turned round", "report\u202Efdp.txt", text("x")),
  file("name", "characters of no width", "re\u200bport.txt", text("x")),
  file("name", "a hidden file", ".htaccess.txt", text("x")),
  file("name", "a dot at the end", "page.html.", text("x")),
  file("name", "a name without end", `${"a".repeat(300)}.txt`, text("x")),
  file("name", "nothing but space", "   ", text("x")),
  file("name", "half a character", "a\ud800.txt", text("x")),
  // Kinds that are on no list.
  file("kind", "a web page", "page.html", text("<html></html>")),
  file("kind", "a drawing with script", "logo.svg", text("<svg onload=alert(1)>")),
  file("kind", "a program", "tool.exe", () => noise(200)),
  file("kind", "a script", "run.sh", text("#!/bin/sh")),
  file("kind", "an archive", "all.zip", () => zip(word)),
  file("kind", "a document with macros by name", "plan.docm", () => zip(word)),
  file("kind", "no ending at all", "README", text("x")),
  file("kind", "two endings, the last one bad", "report.pdf.js", () => pdf()),
  // Content that is another than the name says.
  file("empty", "nothing", "empty.pdf", () => Buffer.alloc(0)),
  file("empty", "white space", "blank.txt", text(" \n\t ")),
  file("wrong_content", "a program named PDF", "tool.pdf", () => Buffer.concat([Buffer.from("MZ"), noise(500)])),
  file("wrong_content", "a GIF named PNG", "a.png", text(`GIF89a${"\0".repeat(20)}`)),
  file("wrong_content", "a PNG named JPEG", "a.jpg", () => png()),
  file("wrong_content", "a web page named PDF", "a.pdf", text("<html><script>alert(1)</script></html>")),
  file("wrong_content", "a PDF that does not begin as one", "late.pdf", () => Buffer.concat([noise(900), pdf()])),
  file("wrong_content", "a PDF that is cut off", "cut.pdf", () => pdf().subarray(0, 60)),
  file("wrong_content", "a workbook named document", "a.docx", () => zip(sheet)),
  file("wrong_content", "a gzip named workbook", "a.xlsx", () => gzipSync(noise(100))),
  file("wrong_content", "an old Word file", "old.docx", () =>
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), noise(600)]),
  ),
  file("wrong_content", "something else named JSON", "a.json", text("; not JSON")),
  file("wrong_content", "a JPEG without a picture", "a.jpg", () =>
    Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex"),
  ),
  file("web_page", "a web page named text", "page.txt", text("\n <!DOCTYPE html><script>alert(1)</script>")),
  file("web_page", "a drawing named CSV", "a.csv", text("<svg xmlns='http://www.w3.org/2000/svg'/>")),
  file("web_page", "a comment before the page", "b.txt", text("<!-- x --><html>")),
  file("not_text", "bytes named text", "a.txt", () => noise(400)),
  file("not_text", "text in UTF-16", "a.csv", () => Buffer.from("\ufeffa;b", "utf16le")),
  file("not_text", "UTF-8 that is too long", "a.txt", () => Buffer.from("c0afc0af", "hex")),
  file("not_text", "a NUL in a log", "a.log", text("one\0two")),
  file("not_text", "a character that is cut off", "a.txt", () => Buffer.from("61c3", "hex")),
  // Two files in one.
  file("trailing_data", "a zip behind a PDF", "both.pdf", () => Buffer.concat([pdf(), zip(word)])),
  file("trailing_data", "a zip behind a picture", "both.png", () => Buffer.concat([png(), zip(word)])),
  file("trailing_data", "a page behind a picture", "page.png", () =>
    Buffer.concat([png(), Buffer.from("<script>alert(1)</script>")]),
  ),
  file("trailing_data", "a script behind a JPEG", "page.jpg", () =>
    Buffer.concat([jpeg(), Buffer.from("<?php system($_GET[0]);")]),
  ),
  file("wrong_content", "a document behind a page", "page.docx", () =>
    Buffer.concat([Buffer.from("<html>"), zip(word)]),
  ),
  // What costs more than it should.
  file("picture_size", "a PNG that states 60,000 × 60,000", "flood.png", () =>
    png(2, 2, { width: 60_000, height: 60_000 }),
  ),
  file("picture_size", "a JPEG that states 65,000 × 65,000", "flood.jpg", () => jpeg(65_000, 65_000)),
  file("container_ratio", "zeros, a thousand to one", "bomb.docx", () => zip([...word, zeros(60_000_000)])),
  file("broken_container", "the same, the size stated small", "lie.docx", () =>
    zip([...word, { ...zeros(60_000_000), statedSize: 60_000 }]),
  ),
  file("container_size", "more than 200 MB, stated", "big.docx", () =>
    zip([...word, { ...zeros(1_000), statedSize: 300_000_000 }]),
  ),
  file("container_members", "1,100 parts", "many.xlsx", () => zip([...sheet, ...parts(1_100, 8)])),
  file("broken_container", "fewer parts stated than there are", "odd.xlsx", () =>
    zip([...sheet, ...parts(20, 8)], { statedEntries: 3 }),
  ),
  file("broken_container", "sizes that are wrong", "wrong.docx", () =>
    zip([...word, { ...zeros(500), statedSize: 400 }]),
  ),
  file("broken_container", "the end of the directory is missing", "cut.docx", () => zip(word).subarray(0, -30)),
  file("broken_container", "one name twice", "twice.docx", () => zip([...word, ...word])),
  file("container_path", "a part that leads out", "slip.docx", () =>
    zip([...word, { name: "../../evil.sh", bytes: noise(20) }]),
  ),
  file("container_path", "a part with an absolute path", "abs.docx", () =>
    zip([...word, { name: "/etc/cron.d/x", bytes: noise(20) }]),
  ),
  file("container_link", "a symbolic link", "link.docx", () =>
    zip([...word, { name: "word/link", bytes: Buffer.from("/etc/passwd"), attributes: (0o120777 << 16) >>> 0 }]),
  ),
  file("container_encrypted", "an encrypted part", "locked.docx", () =>
    zip([...word, { name: "word/x.bin", bytes: noise(50), flags: 0x801 }]),
  ),
  file("macros", "macros in a document", "macro.docx", () =>
    zip([...word, { name: "word/vbaProject.bin", bytes: noise(80) }]),
  ),
  // Honest files that look odd.
  file(null, "a name in another script", "Свидетельство 证据 دليل.pdf", () => pdf()),
  file(null, "an archive within a document stays packed", "nested.docx", () =>
    zip([...word, { name: "word/embeddings/a.xlsx", bytes: zip(sheet), stored: true }]),
  ),
  file(null, "a formula in a CSV, which is only handed out", "formula.csv", text("=cmd|' /C calc'!A0,1\n")),
  file(
    null,
    "a UUID and a hash that are no card numbers",
    "ids.txt",
    text("41111111-1111-4111-8111-111111111111 4111111111111111aabbccddeeff0011\n"),
  ),
  file(null, "a JPEG that a camera padded", "padded.jpg", () => Buffer.concat([jpeg(), Buffer.alloc(100)])),
  file(null, "the scanner's own test file, without a scanner", "eicar.txt", text(EICAR)),
];
