import type { SecretPlace } from "@/lib/secrets/place";

/** Where an endpoint's secret is sealed, and the one before it. */
export function webhookSecretPlace(
  id: string,
  organisationId: string,
  column: "secret" | "former_secret" = "secret",
): SecretPlace {
  return { table: "webhook_endpoint", column, row: id, organisationId };
}
