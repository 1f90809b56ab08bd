/** How much may be stored and unpacked. Sizes are in bytes. */
export interface FileLimits {
  readonly fileBytes: number;
  readonly worksheetFiles: number;
  readonly organisationBytes: number;
  /** How long one upload may take, in milliseconds, and how long it may bring nothing. */
  readonly uploadMs: number;
  readonly silenceMs: number;
  readonly zipMembers: number;
  readonly unpackedBytes: number;
  /** Bytes unpacked for one byte packed, of a member and of the whole. */
  readonly zipRatio: number;
  /** Width times height of a picture. */
  readonly pixels: number;
}

/** The limits unless the operator sets others. Source: security.md 1.6. */
export const FILE_LIMITS: FileLimits = {
  fileBytes: 25_000_000,
  worksheetFiles: 200,
  organisationBytes: 2_000_000_000,
  uploadMs: 300_000,
  silenceMs: 20_000,
  zipMembers: 1_000,
  unpackedBytes: 200_000_000,
  zipRatio: 100,
  pixels: 100_000_000,
};
