import { type Asker, type PersonKey, type Standing, sideOf, standingOf, type World } from "./people";

/** The texts of the stage that not everybody may read, by who may. */
export type Secrecy = "writing" | "submitted" | "digest" | "signed" | "shared_note" | "entity_note" | "assessor_note";

/** Who may read what: by hand after access.md. */
const READERS: Readonly<Record<Secrecy, readonly Standing[]>> = {
  writing: ["lead", "contributor", "internal_reviewer"],
  submitted: ["lead", "contributor", "internal_reviewer", "qsa_lead", "qsa_assistant", "isa", "officer"],
  /** Digests stand for texts in the trail, which the entity's administrator reads. */
  digest: ["lead", "contributor", "internal_reviewer", "qsa_lead", "qsa_assistant", "isa", "officer", "entity_admin"],
  signed: ["lead", "contributor", "internal_reviewer", "observer", "qsa_lead", "qsa_assistant", "isa", "officer"],
  shared_note: ["lead", "contributor", "internal_reviewer", "qsa_lead", "qsa_assistant", "isa", "officer"],
  entity_note: ["lead", "contributor", "internal_reviewer", "isa", "officer"],
  assessor_note: ["qsa_lead", "qsa_assistant"],
};

/** A text that gives itself away wherever it shows up. */
interface Secret {
  readonly world: World;
  readonly secrecy: Secrecy;
  readonly text: string;
}

/** Knows the confidential texts of the stage, and who has seen what. */
export class Confidential {
  readonly #secrets: Secret[] = [];
  readonly #seen = new Set<string>();

  /** The text that stands for a secrecy in an engagement: short, and like nothing else. */
  static textOf(world: World, secrecy: Secrecy): string {
    return `only-for-${secrecy.replace("_", "-")}-readers-of-${world.replace("_", "-")}`;
  }

  /** Keeps a text under watch. */
  watch(world: World, secrecy: Secrecy, text = Confidential.textOf(world, secrecy)): void {
    this.#secrets.push({ world, secrecy, text });
  }

  /** Looks through a reply. @returns what it tells somebody who may not know it */
  leaksIn(reply: string, asker: Asker): string[] {
    const found = this.#secrets.filter(({ text }) => reply.includes(text));
    for (const { world, secrecy } of found) this.#seen.add(`${asker} ${world} ${secrecy}`);
    return found.filter((secret) => !mayRead(secret, asker)).map(({ world, secrecy }) => `${secrecy} text of ${world}`);
  }

  /**
   * Who never saw what they may read, of those who ask for everything in an engagement; otherwise replies without any
   * text would leak nothing.
   */
  unseen(world: World, askers: readonly PersonKey[]): string[] {
    const wanted = this.#secrets
      .filter((secret) => secret.world === world && secret.secrecy !== "digest")
      .flatMap((secret) =>
        askers.filter((asker) => mayRead(secret, asker)).map((asker) => `${asker} ${world} ${secret.secrecy}`),
      );
    return [...new Set(wanted)].filter((one) => !this.#seen.has(one));
  }
}

function mayRead({ world, secrecy }: Secret, asker: Asker): boolean {
  return asker !== "anonymous" && READERS[secrecy].includes(standingOf(asker, world));
}

/** How confidential a private note is, by the person who writes it. */
export function noteBy(person: PersonKey): "entity_note" | "assessor_note" {
  return sideOf(person) === "assessor" ? "assessor_note" : "entity_note";
}
