import type { KekSetting } from "@/lib/config";
import { awsKmsKek } from "@/lib/secrets/aws-kms-kek";
import { fileKek } from "@/lib/secrets/file-kek";
import type { KekProvider } from "@/lib/secrets/kek";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";

/** The key-encryption keys of the settings as one: the first provider wraps, each opens what is its own. */
export function openKeks(settings: { readonly keks: readonly KekSetting[]; readonly kekFile: string }): KekProvider {
  return firstOf(settings.keks.map((kek) => (kek.kind === "file" ? fileKek(settings.kekFile) : awsKmsKek(kek.arn))));
}

function firstOf(providers: readonly KekProvider[]): KekProvider {
  const [first] = providers;
  if (!first) throw new KekUnavailable("COUNTERVAIL_KEK names no key-encryption key.");
  return {
    activeId: () => first.activeId(),
    holds: async (kekId) => {
      for (const provider of providers) if (await provider.holds(kekId)) return true;
      return false;
    },
    wrap: (name, key) => first.wrap(name, key),
    unwrap: async (name, wrapped) => {
      for (const provider of providers) {
        if (await provider.holds(wrapped.kekId)) return provider.unwrap(name, wrapped);
      }
      throw new KekUnavailable(
        `The key-encryption key ${wrapped.kekId} is not to be had: restore the file from its backup, or name its KMS key in COUNTERVAIL_KEK.`,
      );
    },
  };
}
