import type { Place } from "@/lib/domain/rigour/finding";

/** What the rules go back to, named as a reader would look it up. */
export const APPENDIX_B = "PCI DSS v4.0.1, Appendix B";
export const APPENDIX_C = "PCI DSS v4.0.1 and v3.2.1, Appendix C; assessors' practice";
export const APPENDIX_D = "PCI DSS v4.0.1, Appendix D";
export const PRACTICE = "Assessors' practice; no single authority";
export const CRITICISM = "https://www.compassitc.com/blog/pci-dss-compensating-controls-when-how-to-use-them";
export const BOILERPLATE = "https://new.mastcgroup.com/insights/pci-dss-v4-customised-approach";
export const MISSED_FAQ =
  "https://www.pcisecuritystandards.org/faq/articles/Frequently_Asked_Question/can-a-compensating-control-be-used-for-requirements-with-a-periodic-or-defined-frequency-where-an-entity-did-not-perform-the-activity-within-the-required-timeframe/";
export const SAD_FAQ =
  "https://www.pcisecuritystandards.org/faq/articles/Frequently_Asked_Question/for-pci-dss-can-sensitive-account-data-be-stored-before-authorization";

/** The day on which the rules were last held against their sources. */
export const AS_OF = "2026-11-24";

/** Rules that hold in both versions. */
export const BOTH = ["4.0.1", "3.2.1"] as const;

/** The header, or the worksheet as a whole. */
export const NOWHERE: Place = { section: null };
