/** What a data key is bound to when it is wrapped, so that none can take another's place. */
export interface DataKeyName {
  readonly id: string;
  readonly organisationId: string | null;
  readonly purpose: string;
}

/** A data key under a key-encryption key (KEK). */
export interface WrappedKey {
  readonly kekId: string;
  /** What only the provider that made it understands. */
  readonly wrapped: string;
}

/** Where key-encryption keys live and what is done with them. The keys themselves never come out. */
export interface KekProvider {
  /** The id of the key that wraps from now on: letters, digits, - and _. @throws KekUnavailable */
  activeId(): Promise<string>;
  /** Whether the key of that id is this provider's to use. @throws KekUnavailable */
  holds(kekId: string): Promise<boolean>;
  /** Wraps a data key under the active key. @throws KekUnavailable */
  wrap(name: DataKeyName, key: Buffer): Promise<WrappedKey>;
  /** Opens a wrapped data key. @throws KekUnavailable; SealBroken when it is not this name's, or was changed */
  unwrap(name: DataKeyName, wrapped: WrappedKey): Promise<Buffer>;
}

/** The parts of a wrapped data key that are authenticated. */
export function boundName(kekId: string, { id, organisationId, purpose }: DataKeyName): readonly (string | null)[] {
  return ["v1", "data key", kekId, id, organisationId, purpose];
}
