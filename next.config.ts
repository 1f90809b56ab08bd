import type { NextConfig } from "next";
import { config } from "./lib/config";

export default {
  distDir: config().buildFolder,
  poweredByHeader: false,
  // Native modules, and packages that read files of their own at run time.
  serverExternalPackages: [
    "@aws-sdk/client-kms",
    "@aws-sdk/client-s3",
    "@node-rs/argon2",
    "fontkit",
    "pdfkit",
    "pg",
    "pino",
    "rate-limiter-flexible",
  ],
  // No image is resized by the server: it would be one more door to guard.
  images: { unoptimized: true },
  // Types are checked by `npm test`; doing it again in each build would only slow the first start down.
  typescript: { ignoreBuildErrors: true },
} satisfies NextConfig;
