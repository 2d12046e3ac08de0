import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

const mostBytes = 20 * 1024 * 1024;
/** One file, a few short fields, a few headers each: whoever sends more is not one of our apps (facts, trap 25). */
const limits = { fileSize: mostBytes + 1, files: 1, fields: 4, parts: 5, fieldNameSize: 40, fieldSize: 1000, headerPairs: 12 };

/** Lets the app read multipart requests. Names of files are read as UTF-8. */
export async function registerUploads(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart, { limits, throwFileSizeLimit: false });
}

/** One form with one file. `bytes` is undefined when it was larger than allowed; `name` is the field of that name, if sent, or the file's own. */
export interface Upload { readonly key: string; readonly name: string; readonly bytes: Buffer | undefined }
/** What arrived is not a form with a file: broken off, too many parts, no file. */
export class NotAnUpload extends Error {}

/**
 * Reads the form part by part. More than `most` bytes are let go by without being held.
 * @throws NotAnUpload
 */
export async function readUpload(request: FastifyRequest, most: number): Promise<Upload> {
  if (!request.isMultipart()) throw new NotAnUpload('not a form');
  const fields = new Map<string, string>();
  let file: { name: string; bytes: Buffer | undefined } | undefined;
  try {
    // A file of exactly `most` bytes must pass, and the parser marks a file that reaches its limit.
    for await (const part of request.parts({ limits: { ...limits, fileSize: Math.min(most, mostBytes) + 1 } })) {
      if (part.type === 'field') {
        if (typeof part.value === 'string' && !part.valueTruncated) fields.set(part.fieldname, part.value);
        continue;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of part.file) chunks.push(chunk as Buffer);
      const bytes = Buffer.concat(chunks);
      file = { name: part.filename, bytes: part.file.truncated || bytes.length > most ? undefined : bytes };
    }
  } catch (error) {
    throw new NotAnUpload('broken form', { cause: error });
  }
  if (!file) throw new NotAnUpload('no file');
  return { key: fields.get('key') ?? '', name: fields.get('name') ?? file.name, bytes: file.bytes };
}
