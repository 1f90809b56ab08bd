import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { requiredText, rowVersion } from "@/lib/contracts/text";

/** Bytes that the file of a logo may have. */
export const MOST_LOGO_BYTES = 524_288;
/** Characters that it may have in base64, which is how it is sent. */
const MOST_CHARACTERS = Math.ceil(MOST_LOGO_BYTES / 3) * 4;

/**
 * Body of `PUT /organisation/logo`: the file, base64, with what it shows in words; or null for both, which takes the logo
 * away. With the version that was read.
 */
export const changeLogoInput = z
  .strictObject({
    version: rowVersion,
    picture: z.base64("Not base64.").min(1, "There is no file.").max(MOST_CHARACTERS, "At most 512 kB.").nullable(),
    alt: requiredText(200, "Say in a few words what the logo shows.").nullable(),
  })
  .refine(({ picture, alt }) => (picture === null) === (alt === null), {
    path: ["alt"],
    message: "A logo has a file and words, or neither.",
  });
export type ChangeLogoInput = z.infer<typeof changeLogoInput>;

/** The logo of one's organisation: `GET /organisation/logo`. Version 0: there never was one. */
export interface LogoDto {
  readonly version: number;
  /** Null without a logo. The file is at `GET /organisation/logo/picture`. */
  readonly logo: {
    readonly type: "image/png" | "image/jpeg";
    readonly alt: string;
    /** In pixels. */
    readonly width: number;
    readonly height: number;
    /** In bytes, as it is stored. */
    readonly size: number;
    /** SHA-256 of what is stored, hex. */
    readonly sha256: string;
  } | null;
  readonly updatedBy: PersonRef | null;
  /** ISO 8601. */
  readonly updatedAt: string | null;
}
