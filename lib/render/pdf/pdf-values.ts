/** A text string as PDF has it: plain where it is ASCII, else UTF-16 as hexadecimal digits. */
export function textString(text: string): string {
  const wellFormed = text.toWellFormed();
  if (/^[\x20-\x7e]*$/.test(wellFormed)) return `(${wellFormed.replace(/[\\()]/g, "\\$&")})`;
  return `<feff${Buffer.from(wellFormed, "utf16le").swap16().toString("hex")}>`;
}

/** A number as it is written into the file: at most two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Ids of objects as references, one behind the other. */
export function references(ids: readonly number[]): string {
  return ids.length === 0 ? "" : `${ids.join(" 0 R ")} 0 R`;
}
