/** A kind of file that may be evidence: what it is called, how it ends, and what it is served as. */
export interface FileKind {
  readonly words: string;
  readonly extensions: readonly string[];
  readonly mediaType: string;
  /** What decides that a file really is one: a head of bytes, the parts of an Office container, or being text. */
  readonly nature: "signature" | "container" | "text";
}

/** The allow-list. What a browser would run, such as HTML and SVG, is not on it, and neither are archives. */
export const FILE_KINDS = {
  pdf: { words: "PDF", extensions: ["pdf"], mediaType: "application/pdf", nature: "signature" },
  png: { words: "PNG image", extensions: ["png"], mediaType: "image/png", nature: "signature" },
  jpg: { words: "JPEG image", extensions: ["jpg", "jpeg"], mediaType: "image/jpeg", nature: "signature" },
  txt: { words: "text", extensions: ["txt", "log"], mediaType: "text/plain; charset=utf-8", nature: "text" },
  csv: { words: "CSV", extensions: ["csv"], mediaType: "text/csv; charset=utf-8", nature: "text" },
  json: { words: "JSON", extensions: ["json"], mediaType: "application/json", nature: "text" },
  docx: {
    words: "Word document",
    extensions: ["docx"],
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    nature: "container",
  },
  xlsx: {
    words: "Excel workbook",
    extensions: ["xlsx"],
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    nature: "container",
  },
} as const satisfies Readonly<Record<string, FileKind>>;

/** The name of a kind of file. */
export type FileKindName = keyof typeof FILE_KINDS;

/** All kinds, in the order of the list above. */
export const FILE_KIND_NAMES = Object.keys(FILE_KINDS) as readonly FileKindName[];

/** Every extension that a file may have, without the dot. */
export const FILE_EXTENSIONS: readonly string[] = FILE_KIND_NAMES.flatMap((name) => [...FILE_KINDS[name].extensions]);

/** The kind that a name claims by its extension; null when none on the list does. */
export function kindByName(name: string): FileKindName | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return FILE_KIND_NAMES.find((kind) => (FILE_KINDS[kind].extensions as readonly string[]).includes(extension)) ?? null;
}

/** What a stored media type is called; the type itself for one that this version does not know. */
export function mediaTypeWords(mediaType: string): string {
  return Object.values(FILE_KINDS).find((kind) => kind.mediaType === mediaType)?.words ?? mediaType;
}

/** Whether a stored file is a picture, which a page may show beside its text. */
export function isPicture(mediaType: string): boolean {
  return mediaType === FILE_KINDS.png.mediaType || mediaType === FILE_KINDS.jpg.mediaType;
}

/** Whether a stored file is text, in which card numbers are looked for. */
export function isTextKind(kind: FileKindName): boolean {
  return FILE_KINDS[kind].nature === "text";
}
