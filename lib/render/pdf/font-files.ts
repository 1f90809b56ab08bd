import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The faces that documents are set in. `symbols` is asked only for what the others lack. */
export const FACE_NAMES = [
  "regular",
  "italic",
  "bold",
  "boldItalic",
  "mono",
  "monoBold",
  "hebrew",
  "hebrewBold",
  "symbols",
] as const;
/** A face. */
export type FaceName = (typeof FACE_NAMES)[number];
/** The TrueType files of all faces. */
export type FontFiles = Readonly<Record<FaceName, Uint8Array>>;

const FILES: Readonly<Record<FaceName, readonly [string, string]>> = {
  regular: ["@expo-google-fonts/source-sans-3", "400Regular/SourceSans3_400Regular.ttf"],
  italic: ["@expo-google-fonts/source-sans-3", "400Regular_Italic/SourceSans3_400Regular_Italic.ttf"],
  bold: ["@expo-google-fonts/source-sans-3", "600SemiBold/SourceSans3_600SemiBold.ttf"],
  boldItalic: ["@expo-google-fonts/source-sans-3", "600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf"],
  mono: ["@expo-google-fonts/noto-sans-mono", "400Regular/NotoSansMono_400Regular.ttf"],
  monoBold: ["@expo-google-fonts/noto-sans-mono", "700Bold/NotoSansMono_700Bold.ttf"],
  hebrew: ["@expo-google-fonts/noto-sans-hebrew", "400Regular/NotoSansHebrew_400Regular.ttf"],
  hebrewBold: ["@expo-google-fonts/noto-sans-hebrew", "700Bold/NotoSansHebrew_700Bold.ttf"],
  symbols: ["@expo-google-fonts/noto-sans-symbols-2", "400Regular/NotoSansSymbols2_400Regular.ttf"],
};

/**
 * Reads the font files from the installed packages. Not for code that Next bundles: it looks from this file upwards,
 * as Node itself does. All are under the SIL Open Font Licence.
 * @throws when a package is not installed
 */
export function readFontFiles(): FontFiles {
  const require = createRequire(import.meta.url);
  const read = (name: FaceName) => {
    const [fontPackage, file] = FILES[name];
    return new Uint8Array(readFileSync(join(dirname(require.resolve(`${fontPackage}/package.json`)), file)));
  };
  return Object.fromEntries(FACE_NAMES.map((name) => [name, read(name)])) as Record<FaceName, Uint8Array>;
}
