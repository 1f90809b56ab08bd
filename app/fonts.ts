import localFont from "next/font/local";

/** The page's typeface for Western European text. */
const latin = localFont({
  src: [
    { path: "./fonts/countervail-sans-400-latin.woff2", weight: "400", style: "normal" },
    { path: "./fonts/countervail-sans-400-italic-latin.woff2", weight: "400", style: "italic" },
    { path: "./fonts/countervail-sans-600-latin.woff2", weight: "600", style: "normal" },
  ],
  variable: "--font-latin",
  display: "swap",
  preload: true,
  adjustFontFallback: "Arial",
});

/** The same for other Latin letters, Greek and Cyrillic; fetched only when a page has them. */
const extended = localFont({
  src: [
    { path: "./fonts/countervail-sans-400-ext.woff2", weight: "400", style: "normal" },
    { path: "./fonts/countervail-sans-400-italic-ext.woff2", weight: "400", style: "italic" },
    { path: "./fonts/countervail-sans-600-ext.woff2", weight: "600", style: "normal" },
  ],
  variable: "--font-extended",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-0130, U+0132-0151, U+0154-024F, U+0259, U+0300-03FF, U+0400-052F, U+1E00-1FFF, U+20A0-20AB, U+20AD-20BF, U+2116",
    },
  ],
});

/** Class names that define the font variables which the theme uses. */
export const fontVariables = `${latin.variable} ${extended.variable}`;
