/**
 * The group role of each closed kind of transaction: nobody signs in as one, and each has exactly the rights on tables
 * that its kind needs (prisma/migrations/0005_isolation).
 */
export const KIND_ROLES = {
  scoped: "countervail_scoped",
  organisation: "countervail_organisation",
  identity: "countervail_identity",
  system: "countervail_system",
  exports: "countervail_exports",
  deliveries: "countervail_deliveries",
  public: "countervail_public",
} as const;

/** A closed kind of transaction. */
export type Kind = keyof typeof KIND_ROLES;
