import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it: SHA-1, 6 digits, steps of 30 s, a secret of 160 bits. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;
/** What the QR code of an enrolment holds. */
export const totpUri = (secret: string, { issuer, label }: { issuer: string; label: string }): string => new TOTP({ ...shape, issuer, label, secret: Secret.fromBase32(secret) }).toString();
/** The step whose code this is, now or one step before or after, since phones' clocks differ; undefined: none. */
export function totpStepOf(secret: string, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const [timestamp, totp] = [at.getTime(), new TOTP({ ...shape, secret: Secret.fromBase32(secret) })];
  const delta = totp.validate({ token: code, timestamp, window: 1 });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}
