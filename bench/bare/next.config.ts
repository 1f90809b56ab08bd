import { join } from "node:path";
import type { NextConfig } from "next";

/** A Next app with nothing in it, built by the same Next as the product: what pages and saves are held against. */
export default {
  poweredByHeader: false,
  serverExternalPackages: ["pg"],
  turbopack: { root: join(import.meta.dirname, "..", "..") },
  typescript: { ignoreBuildErrors: true },
} satisfies NextConfig;
