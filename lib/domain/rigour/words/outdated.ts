import type { Place } from "@/lib/domain/rigour/finding";
import { anyOf, type Match, matchesIn } from "@/lib/domain/rigour/words/match";
import type { Sentence } from "@/lib/domain/rigour/words/sentences";

/** A statement about AWS that was true once, by the id of the article row or claim that the catalogue has on it. */
export interface OutdatedClaim {
  readonly id: string;
  readonly pattern: RegExp;
  /** What still is so: a sentence that says this beside, or within, the claim is none. */
  readonly stillSo?: RegExp;
  /** What is so today, in our words. Source: facts, section 3. */
  readonly today: string;
}

const NOT = "(?:not|no|cannot|can not|can[’']t|does not|doesn[’']t|do not|never|only|without|lacks?|neither)";
const near = (a: string, b: string, c: string) => anyOf(`${a}(?: [^\\s.;]+){0,7}? ${b}(?: [^\\s.;]+){0,7}? ${c}`);

const CLAIMS: readonly OutdatedClaim[] = [
  {
    id: "2.3",
    pattern: anyOf(
      "(?:aws|kms|api|endpoints?|cli|sdks?|boto3?|botocore)(?: [^\\s.;]+){0,8}? (?:accepts?|accepting|allows?|offers?|still (?:use|uses|speak|speaks)|negotiates?|falls? back to|supports?|permits?) (?:[^\\s.;]+ ){0,4}?(?:tls ?1\\.[01]|early tls|ssl(?: ?v?3)?|weak (?:protocols?|ciphers?)|old tls)",
    ),
    today: "AWS endpoints refuse TLS below 1.2, and KMS asks for 1.2 or 1.3.",
  },
  {
    id: "C13",
    pattern: near("cloudhsm", NOT, "(?:vpc endpoint|interface endpoint|private endpoint|privatelink|endpoint policy)"),
    today: "CloudHSM's API has an interface endpoint with endpoint policies.",
  },
  {
    id: "1.3",
    pattern: near(
      "kms",
      NOT,
      "(?:(?:limited|restricted|confined|bound) to (?:[a-z]+ )?(?:vpc|endpoint|endpoints|network)|vpc endpoints?|private (?:path|endpoint))",
    ),
    today: "Use of a KMS key can be limited to named VPC endpoints by conditions in its policy.",
  },
  {
    id: "3.5.3",
    pattern: anyOf(
      "kms(?: [^\\s.;]+){0,6}? (?:holds?|keeps?|stores?)(?: [^\\s.;]+){0,3}? both(?: [^\\s.;]+){0,12}? (?:not|cannot|fails?|breaks?|violates?)(?: [^\\s.;]+){0,6}? (?:3\\.5\\.3|3\\.6\\.1\\.2|forms?)",
    ),
    today:
      "An applicability note on 3.6.1.2 accepts keys in a key-management system that is built on secure cryptographic devices.",
  },
  {
    id: "C09",
    pattern: anyOf(
      "kms(?: [^\\s.;]+){0,6}? (?:fips )?140-2 (?:security )?level (?:2|two|1|one)|kms(?: [^\\s.;]+){0,4}? (?:only|not|no)(?: [^\\s.;]+){0,6}? (?:fips )?140-[23]",
    ),
    today: "KMS and CloudHSM are both validated at FIPS 140-3 level 3.",
  },
  {
    id: "C10",
    pattern: anyOf(
      "kms(?: [^\\s.;]+){0,4}? (?:only|solely)(?: [^\\s.;]+){0,3}? symmetric|kms(?: [^\\s.;]+){0,3}? (?:cannot|does not|no|has no|not)(?: [^\\s.;]+){0,4}? asymmetric",
    ),
    // Nothing rotates asymmetric keys by itself, and key stores of one's own hold symmetric keys alone (C10, C18).
    stillSo: /\brotat(?:e[sd]?|ion|ing)\b|\b(?:custom|external|own) key stores?\b|\bxks\b/i,
    today: "KMS has asymmetric keys for encryption, signing and key agreement, and HMAC keys.",
  },
  {
    id: "C16",
    pattern: anyOf(
      "(?:no|not|without)(?: [^\\s.;]+){0,3}? (?:own|supplied|imported) (?:key )?material(?: [^\\s.;]+){0,8}? (?:needs?|requires?|calls? for)(?: [^\\s.;]+){0,3}? (?:ccw|compensating)",
    ),
    today: "Material that AWS generates needs no compensating control under 4.0.1.",
  },
  {
    id: "C21",
    pattern: anyOf(
      "(?:kms|aws)(?: [^\\s.;]+){0,6}? only(?: [^\\s.;]+){0,4}? (?:oaep(?: with)? sha-?1|sha-?1)|only(?: [^\\s.;]+){0,3}? sha-?1(?: [^\\s.;]+){0,5}? (?:kms|aws)",
    ),
    today: "KMS takes OAEP with SHA-256 and AES key wrap with SHA-256.",
  },
];

/** Statements in the sentences that no longer hold, the first of each claim. */
export function outdatedClaims(
  sentences: readonly (Sentence & { readonly place: Place })[],
): readonly { readonly claim: OutdatedClaim; readonly match: Match }[] {
  return CLAIMS.flatMap((claim) => {
    const { pattern, stillSo } = claim;
    const [match] = matchesIn(sentences, pattern, (sentence) => stillSo?.test(sentence) ?? false);
    return match ? [{ claim, match }] : [];
  });
}
