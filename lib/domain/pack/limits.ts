/** Files that a pack may have at most, beside its manifest and the signature of that; the reader of archives has the same limit. */
export const MOST_FILES = 50_000;

/** Bytes that one file of a pack may have, unpacked: whoever verifies a pack refuses it for a larger one. */
export const LARGEST_FILE = 256 * 1024 * 1024;

/**
 * Bytes that the files of a pack may have together, unpacked: 4 GB, as sizes are told everywhere in powers of 1,000. With
 * that and {@link MOST_FILES} an archive stays well below where it would need the format for very large ones (ZIP64),
 * which whoever verifies packs refuses.
 */
export const LARGEST_PACK = 4_000_000_000;
