/** A shared control, by its id, with the digest (SHA-256, hex) of what it says. */
export interface ControlDetail {
  readonly controlRecordId: string;
  readonly version: number;
  readonly sha256: string;
  /** Somebody was asked whether a text holds card numbers, and said that it does not. */
  readonly cardNumberAcknowledged?: boolean;
}

/** A shared control that came into the definition of a worksheet, with that section's version and digest. */
export interface CarriedDetail {
  readonly controlRecordId: string;
  readonly section: "definition";
  readonly version: number;
  readonly sha256: string;
  readonly cardNumberAcknowledged?: boolean;
}

/** What events of the register of controls say. */
export interface ControlDetails {
  readonly "control.recorded": ControlDetail;
  /** `retired` is there when that changed. */
  readonly "control.changed": ControlDetail & { readonly retired?: boolean };
  /** A control of a worksheet was put into the register. */
  readonly "control.shared": CarriedDetail;
  /** A worksheet that may be written took over what the register says. */
  readonly "control.carried": CarriedDetail;
}

type Phrases = {
  readonly [A in keyof ControlDetails]: (detail: Partial<ControlDetails[A]>, names: unknown, where: string) => string;
};

/** The sentences of these events, after the person's name. */
export const CONTROL_PHRASES: Phrases = {
  "control.recorded": () => "put a control into the register",
  "control.changed": ({ retired }) => {
    if (retired === undefined) return "changed a shared control";
    return retired ? "retired a shared control" : "took a retired shared control back into use";
  },
  "control.shared": (_detail, _names, where) => `made a control shared${where && `, from the worksheet${where}`}`,
  "control.carried": (_detail, _names, where) =>
    `brought a shared control up to date${where && ` in the worksheet${where}`}`,
};
