/** How far push goes by itself. */
export interface PushOptions {
  /** Take changes together that do not touch each other; undefined asks where somebody can be asked. */
  readonly merge: boolean | undefined;
  /** The person says that what looks like card numbers is something else. */
  readonly acknowledge: boolean;
}
