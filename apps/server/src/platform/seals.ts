import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Phone numbers and openids at rest: sealed by AES-256-GCM, found again by HMAC. Keys are derived from the one secret, one for each use. */
export class Seals {
  private readonly sealing: Buffer;
  private readonly finding: Buffer;
  private readonly signing: Buffer;
  constructor(secret: string) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', `lvzhi ${use}`, 32));
    [this.sealing, this.finding, this.signing] = [derive('seal'), derive('find'), derive('sign')];
  }
  /** `k1.` names the key's generation, so that it can be changed later. */
  seal(text: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.sealing, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `k1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }
  unseal(sealed: string): string {
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.sealing, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
  hashOf(text: string): string { return createHmac('sha256', this.finding).update(text).digest('hex'); }
  sign(text: string): string { return createHmac('sha256', this.signing).update(text).digest('base64url'); }
  isSigned(text: string, signature: string): boolean {
    const [a, b] = [Buffer.from(this.sign(text)), Buffer.from(signature)];
    return a.length === b.length && timingSafeEqual(a, b);
  }
}
