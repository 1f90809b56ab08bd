import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { requiredText, text } from "@/lib/contracts/text";
import type { SessionStage, SignInMethod } from "@/lib/domain/security/session-life";

const base64url = text(20_000).regex(/^[\w-]*$/, "Not base64url.");

/**
 * What a browser says when it has shown a passkey. Only the parts that are used are taken; what they hold is checked
 * by signature.
 */
export const passkeyShown = z
  .object({
    id: base64url.min(1),
    rawId: base64url.min(1),
    type: z.literal("public-key"),
    response: z.object({
      clientDataJSON: base64url.min(1),
      authenticatorData: base64url.min(1),
      signature: base64url.min(1),
      userHandle: base64url.optional(),
    }),
  })
  .transform(
    (value): AuthenticationResponseJSON => ({ ...value, clientExtensionResults: {} }) as AuthenticationResponseJSON,
  );

/** What a browser says when it has made a passkey. */
export const passkeyMade = z
  .object({
    id: base64url.min(1),
    rawId: base64url.min(1),
    type: z.literal("public-key"),
    response: z.object({
      clientDataJSON: base64url.min(1),
      attestationObject: base64url.min(1),
      transports: z.array(text(40)).max(10).optional(),
    }),
  })
  .transform(
    (value): RegistrationResponseJSON => ({ ...value, clientExtensionResults: {} }) as RegistrationResponseJSON,
  );

/** Body of `POST /session/factor/code`: a code of the authenticator app or a recovery code. */
export const showCodeInput = z.strictObject({ kind: z.enum(["totp", "recovery_code"]), code: requiredText(60) });
/** Body of `POST /session/factor/passkey` and `POST /session/passkey`. */
export const showPasskeyInput = z.strictObject({ passkey: passkeyShown });
/** Body of `POST /me/factors/app/confirm`. */
export const confirmAppInput = z.strictObject({ code: requiredText(20) });
/** Body of `POST /me/factors/passkeys`. */
export const addPasskeyInput = z.strictObject({ name: requiredText(60), passkey: passkeyMade });
/** Body of `PATCH /me/factors/passkeys/{id}`. */
export const namePasskeyInput = z.strictObject({ name: requiredText(60) });
/** Body of `POST /session/step-up`: any one of what the account has. */
export const stepUpInput = z.union([
  z.strictObject({ password: text(512) }),
  z.strictObject({ code: requiredText(20) }),
  z.strictObject({ passkey: passkeyShown }),
]);

/** What an authenticator app needs: `POST /me/factors/app`. `secret` is in groups, to be typed; `address` is for a QR code. */
export interface TotpStartDto {
  readonly secret: string;
  readonly address: string;
}

/** What a new factor gives: the next stage, and recovery codes when they are new, shown once. */
export interface FactorAddedDto {
  readonly stage: SessionStage;
  readonly recoveryCodes: readonly string[];
}

/** One's own factors: `GET /me/factors`. */
export interface FactorsDto {
  /** There is a password, and it serves here. */
  readonly password: boolean;
  /** The single sign-on that one has to come in by; null where none is. */
  readonly singleSignOn: string | null;
  readonly totp: boolean;
  readonly totpSince: string | null;
  readonly passkeyCount: number;
  readonly passkeys: readonly PasskeyDto[];
  readonly recoveryCodesLeft: number | null;
}

/** A passkey as its person sees it. `synced`: other devices of the person have it too. */
export interface PasskeyDto {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly synced: boolean;
}

/** How the sign-in stands: `GET /session`. Asking does not keep a session alive. */
export interface SessionDto {
  readonly stage: SessionStage;
  readonly methods: readonly SignInMethod[];
  readonly userId: string;
  readonly name: string;
  /** ISO instants. */
  readonly idleEndsAt: string;
  readonly absoluteEndsAt: string;
  /** The server's clock, to count by. */
  readonly now: string;
}

/** A session of one's own: `GET /me/sessions`. */
export interface LiveSessionDto {
  readonly id: string;
  readonly current: boolean;
  readonly methods: readonly SignInMethod[];
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly userAgent: string;
  readonly address: string;
}

/** How to sign in as a person of the demo: `GET /demo/sign-ins`, in demo mode alone. */
export interface DemoSignInDto {
  readonly email: string;
  readonly name: string;
  readonly organisation: string;
  /** What the person does, in words. */
  readonly roles: string;
  readonly password: string;
  /** The code of the person's app that will be taken next; null when there is no app any more. */
  readonly code: DemoCodeDto | null;
}

/** A code, and the ISO instants between which it is taken. */
export interface DemoCodeDto {
  readonly code: string;
  readonly from: string;
  readonly until: string;
}

/** Reply of `GET /demo/sign-ins`. `now` is the server's clock, to count by. */
export interface DemoSignInsDto {
  readonly now: string;
  readonly items: readonly DemoSignInDto[];
}
