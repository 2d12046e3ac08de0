import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { Unwelcome } from './kinds.ts';
import type { Kind } from './kinds.ts';

/** Phones make up to 108 million points in JPEG and 48 million in HEIC, which needs four bytes for each of them at once. */
const mostPoints = { jpeg: 120_000_000, heic: 50_000_000 };
const longestSide = 4096;
const require = createRequire(import.meta.url);
const heicPatience = 60_000;
const broken = '打不开，图片可能没有传完或已经损坏';

interface Picture { readonly bytes: Buffer; readonly kind: Kind }

/**
 * A picture drawn anew: turned the right way up, at most 4096 points a side, and without anything but the picture; place, time,
 * camera and whatever hid behind it are gone. HEIC becomes JPEG, which every reader shows.
 * @throws Unwelcome when it cannot be opened or is too large to open
 */
export async function redraw(bytes: Buffer, kind: Kind, name: string): Promise<Picture> {
  const isHeic = kind.extension === 'heic';
  const source = isHeic ? await inTurn(() => heicToJpeg(bytes, name)) : bytes;
  try {
    const image = sharp(source, { limitInputPixels: mostPoints.jpeg, failOn: 'error' }).autoOrient().resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true });
    if (kind.extension === 'png') return { bytes: await image.png().toBuffer(), kind };
    return { bytes: await image.jpeg({ quality: 85 }).toBuffer(), kind: { extension: 'jpg', type: 'image/jpeg' } };
  } catch (error) {
    throw new Unwelcome(name, error instanceof Error && /pixel limit/i.test(error.message) ? '尺寸太大' : broken);
  }
}

let tail: Promise<unknown> = Promise.resolve();
/** One HEIC at a time: each needs a quarter of a gigabyte while it is open. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const turn = tail.then(run);
  tail = turn.catch(() => undefined);
  return turn;
}

/** The decoder is C compiled to WebAssembly, busy for seconds, and reads a stranger's bytes: it gets a thread that can be ended. */
const decoder = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.module)({ buffer: workerData.bytes, format: 'JPEG', quality: 0.95 })
  .then((jpeg) => parentPort.postMessage({ jpeg }), () => parentPort.postMessage({}));`;

async function heicToJpeg(bytes: Buffer, name: string): Promise<Buffer> {
  if (pointsOf(bytes) > mostPoints.heic) throw new Unwelcome(name, '尺寸太大');
  // The decoder asks for an array of its own, and knows fewer brands by name than it can read.
  const copy = new Uint8Array(bytes);
  copy.set(Buffer.from('heic'), 8);
  const worker = new Worker(decoder, { eval: true, stdout: true, stderr: true, workerData: { bytes: copy, module: require.resolve('heic-convert') } });
  try {
    const jpeg = await new Promise<Uint8Array | undefined>((resolve) => {
      const patience = setTimeout(() => { resolve(undefined); }, heicPatience);
      const settle = (answer?: { jpeg?: Uint8Array }) => { clearTimeout(patience); resolve(answer?.jpeg); };
      worker.once('message', settle).once('error', () => { settle(); }).once('exit', () => { settle(); });
    });
    if (!jpeg) throw new Unwelcome(name, broken);
    return Buffer.from(jpeg);
  } finally {
    await worker.terminate();
  }
}

/** The largest extent that a HEIC declares (its `ispe` boxes: version, width, height), in points. */
function pointsOf(bytes: Buffer): number {
  let [points, at] = [0, bytes.indexOf('ispe')];
  while (at >= 0 && at + 16 <= bytes.length) {
    points = Math.max(points, bytes.readUInt32BE(at + 8) * bytes.readUInt32BE(at + 12));
    at = bytes.indexOf('ispe', at + 16);
  }
  return points;
}
