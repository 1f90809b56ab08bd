/**
 * The PCI DSS versions the product knows. 4.0.1 (June 2024) is current;
 * 3.2.1 was retired on 31 March 2024 and is kept for the article's rows and old assessments.
 */
export const STANDARD_VERSIONS = ["4.0.1", "3.2.1"] as const;

/** A PCI DSS version number. */
export type StandardVersion = (typeof STANDARD_VERSIONS)[number];

/** True for a version that may no longer be reported against. */
export function isLegacy(version: StandardVersion): boolean {
  return version === "3.2.1";
}
