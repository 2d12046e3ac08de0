import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { kindOf } from '../src/files/kinds.ts';
import { redraw } from '../src/files/pictures.ts';

/** Made with heif-enc 1.15.1 from a drawn picture of 64 × 48 points with a made-up place in its EXIF. */
const heic = readFileSync(new URL('fixtures/phone-with-place.heic', import.meta.url));
const redrawn = (bytes: Buffer, name: string) => redraw(bytes, kindOf(bytes, name), name);

const drawing = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#b3261e' } });
const place = { IFD0: { Make: 'Phone', ImageDescription: 'home' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '34/1 26/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '115/1 39/1 0/1' } };
const traces = (bytes: Buffer) => ['Exif', 'GPS', 'http://ns.adobe.com/xap', 'ICC_PROFILE', '<script', 'home'].filter((it) => bytes.includes(it));

describe('pictures are drawn anew', () => {
  test('a photograph with its place in it keeps the picture and loses the place', async () => {
    const sent = await drawing(60, 40).withExif(place).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><script/></x:xmpmeta>').jpeg().toBuffer();
    expect(traces(sent)).toEqual(expect.arrayContaining(['Exif', 'home', '<script']));
    const { bytes, kind } = await redrawn(sent, '现场.jpg');
    expect(kind).toEqual({ extension: 'jpg', type: 'image/jpeg' });
    expect(traces(bytes)).toEqual([]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 60, height: 40 });
  });

  test('a photograph taken with the phone turned stands upright without its note', async () => {
    const sent = await drawing(60, 40).withExif({ IFD0: { Orientation: '6' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { width, height, orientation } = await sharp((await redrawn(sent, '现场.jpg')).bytes).metadata();
    expect([width, height, orientation]).toEqual([40, 60, undefined]);
  });

  test('what hides behind or in a picture is not kept', async () => {
    const jpeg = Buffer.concat([await drawing(20, 20).jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>PK\x03\x04')]);
    const png = await drawing(20, 20).withExif(place).png().toBuffer();
    expect(traces((await redrawn(jpeg, '照片.jpg')).bytes)).toEqual([]);
    const { bytes, kind } = await redrawn(Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]), '截图.png');
    expect([kind.extension, traces(bytes), bytes.includes('eXIf')]).toEqual(['png', [], false]);
  });

  test('a picture from an iPhone becomes a JPEG that every reader shows, without its place', async () => {
    expect(heic.includes('Exif')).toBe(true);
    const { bytes, kind } = await redrawn(heic, 'IMG_0001.HEIC');
    expect([kind.extension, traces(bytes)]).toEqual(['jpg', []]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 48 });
    const { data } = await sharp(bytes).extract({ left: 60, top: 2, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true });
    // The drawing grows red to the right and green downwards: it is the picture, not a blank.
    expect(data[0]).toBeGreaterThan(180);
    expect(data[1]).toBeLessThan(80);
  });

  test('several pictures from iPhones at once all come out', async () => {
    const made = await Promise.all([1, 2, 3].map((at) => redrawn(heic, `IMG_${at}.HEIC`)));
    expect(new Set(made.map(({ bytes }) => bytes.toString('base64'))).size).toBe(1);
  });

  test('a very large picture comes out with 4096 points on its longer side', async () => {
    const { bytes } = await redrawn(await drawing(5000, 100).png().toBuffer(), '长图.png');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 4096, height: 82 });
  });
});

describe('a picture that cannot be opened is refused in words', () => {
  test.each([
    ['a JPEG that broke off', async () => (await drawing(400, 400).jpeg().toBuffer()).subarray(0, 600), '照片.jpg'],
    ['a PNG of zeros', async () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]), '截图.png'],
    ['a HEIC that broke off', async () => heic.subarray(0, 500), 'IMG.HEIC'],
    ['a HEIC of zeros', async () => Buffer.concat([heic.subarray(0, 28), Buffer.alloc(500)]), 'IMG.HEIC'],
  ])('%s', async (_, make, name) => {
    await expect(redrawn(await make(), name)).rejects.toThrow(`“${name}”打不开，图片可能没有传完或已经损坏，不能上传；`);
  });

  test('a picture that declares 900 million points is not opened', async () => {
    const png = await drawing(10, 10).png().toBuffer();
    png.writeUInt32BE(30_000, 16);
    png.writeUInt32BE(30_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    await expect(redrawn(png, '大图.png')).rejects.toThrow('尺寸太大');
    const huge = Buffer.from(heic);
    for (let at = huge.indexOf('ispe'); at >= 0; at = huge.indexOf('ispe', at + 4)) Buffer.from('0000753000007530', 'hex').copy(huge, at + 8);
    await expect(redrawn(huge, 'IMG.HEIC')).rejects.toThrow('尺寸太大');
  });
});
