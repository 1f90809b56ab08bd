import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";

/** An organisation's logo. */
export interface LogoRow {
  readonly picture: Uint8Array;
  readonly type: "image/png" | "image/jpeg";
  readonly alt: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the picture, hex. */
  readonly sha256: string;
}

/** An organisation's logo without its picture. */
export interface LogoFacts extends Omit<LogoRow, "picture"> {
  /** Bytes of the picture. */
  readonly size: number;
}

/** How the logo stands: with or without one. */
export interface StoredLogo<Logo = LogoRow> {
  readonly logo: Logo | null;
  /** 0 before there ever was one. */
  readonly version: number;
  readonly updatedById: string | null;
  readonly updatedAt: Date | null;
}

/** The logo of an organisation whose worksheets are read, or one's own. */
export async function findLogo(tx: ScopedTx | OrganisationTx, organisationId: string): Promise<StoredLogo> {
  const row = await tx.db.organisationLogo.findUnique({ where: { organisationId } });
  if (!row) return { logo: null, version: 0, updatedById: null, updatedAt: null };
  const { picture, alt, width, height, sha256, ...stands } = row;
  if (picture === null) return { logo: null, ...stands };
  const type = row.type === "image/png" ? "image/png" : "image/jpeg";
  return { logo: { picture, type, alt, width, height, sha256 }, ...stands };
}

/** As {@link findLogo}, without reading the picture, which may be large. */
export async function findLogoFacts(
  tx: ScopedTx | OrganisationTx,
  organisationId: string,
): Promise<StoredLogo<LogoFacts>> {
  const row = await tx.db.organisationLogo.findUnique({ where: { organisationId }, omit: { picture: true } });
  if (!row) return { logo: null, version: 0, updatedById: null, updatedAt: null };
  const { type: told, alt, width, height, sha256, ...stands } = row;
  const [found] = await tx.db.$queryRaw<{ size: number | null }[]>`
    SELECT octet_length(picture) AS size FROM organisation_logo WHERE organisation_id = ${organisationId}::uuid`;
  const size = found?.size ?? null;
  if (size === null) return { logo: null, ...stands };
  const type = told === "image/png" ? "image/png" : "image/jpeg";
  return { logo: { type, alt, width, height, sha256, size }, ...stands };
}

/**
 * Sets or takes away the logo of one's own organisation. @param version the one that it was read at
 * @returns false when somebody else was first
 */
export async function saveLogo(tx: OrganisationTx, version: number, logo: LogoRow | null): Promise<boolean> {
  const values = logo
    ? { ...logo, picture: new Uint8Array(logo.picture) }
    : { picture: null, type: "", alt: "", width: 0, height: 0, sha256: "" };
  const by = { updatedById: tx.actor.userId, updatedAt: tx.now };
  const { organisationId } = tx;
  if (version === 0) {
    const { count } = await tx.db.organisationLogo.createMany({
      data: [{ organisationId, ...values, ...by }],
      skipDuplicates: true,
    });
    return count === 1;
  }
  const { count } = await tx.db.organisationLogo.updateMany({
    where: { organisationId, version },
    data: { ...values, ...by, version: { increment: 1 } },
  });
  return count === 1;
}
