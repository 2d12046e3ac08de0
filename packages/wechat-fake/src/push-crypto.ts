import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** PKCS#7 to blocks of 32 bytes, which no library's own padding does. */
const BLOCK = 32;

/** sha1 of the parts in order of their bytes: how WeChat signs what it pushes. */
export const signatureOf = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64');

/** @param random 16 bytes */
export function encrypt(aesKey: string, appid: string, message: string, random: Buffer): string {
  const key = keyOf(aesKey);
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([random, length, text, Buffer.from(appid)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64');
}

/** What was encrypted, and for which mini-program. @throws Error when it is no such cipher text */
export function decrypt(aesKey: string, encrypted: string): { message: string; appid: string } {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  return { message: plain.subarray(20, end).toString('utf8'), appid: plain.subarray(end).toString('utf8') };
}
