/**
 * The requirements of PCI DSS 4.0.1 that let the entity set how often something is done, by a targeted risk analysis after
 * 12.3.1. Source: the requirements of PCI DSS v4.0.1 that name 12.3.1 (numbers only).
 */
export const FREQUENCY_REQUIREMENTS: readonly string[] = [
  "5.2.3.1",
  "5.3.2.1",
  "7.2.5.1",
  "8.6.3",
  "9.5.1.2.1",
  "10.4.2.1",
  "11.3.1.1",
  "11.6.1",
  "12.10.4.1",
];
