import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { bareImage } from '../../adapters/photo/bare';
import { samplePortrait } from '../../demo/portraits';

const PLACE = '24/1 42/1 49/1';
const SECRET = 'who-took-it';

/** With everything that a camera and an editor leave in a file. */
const marked = (image: Sharp, orientation: number): Sharp =>
  image
    .withMetadata({ orientation })
    .withExifMerge({ IFD0: { Make: SECRET, Artist: SECRET }, IFD3: { GPSLatitude: PLACE, GPSLatitudeRef: 'N' } })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><by>${SECRET}</by></x:xmpmeta>`);

const segment = (marker: number, text: string): Buffer => {
  const content = Buffer.from(text);
  const length = content.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), content]);
};

/** A comment, an editor's block and a second thumbnail behind the start, and a film behind the end. */
const written = (jpeg: Buffer): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xfe, SECRET),
    segment(0xed, `Photoshop 3.0\0${SECRET}`),
    segment(0xe0, `JFXX\0${SECRET}`),
    jpeg.subarray(2),
    Buffer.from(`film ${SECRET}`),
  ]);

const chunk = (name: string, text: string): Buffer => {
  const named = Buffer.from(name + text);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(named.length - name.length);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
};

const writtenPng = (png: Buffer): Buffer =>
  Buffer.concat([png.subarray(0, 33), chunk('tEXt', `Author\0${SECRET}`), png.subarray(33), Buffer.from(SECRET)]);

const pixels = async (bytes: Buffer): Promise<string> => {
  const { data, info } = await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });
  return `${info.width} ${info.height} ${info.channels} ${createHash('sha256').update(data).digest('hex')}`;
};

const portrait = async (): Promise<Sharp> => sharp(await samplePortrait('good'));
const kinds: readonly (readonly [string, () => Promise<Buffer>])[] = [
  [
    'a JPEG',
    async () =>
      written(
        await marked(await portrait(), 1)
          .jpeg()
          .toBuffer(),
      ),
  ],
  [
    'a JPEG of a camera held sideways',
    async () =>
      written(
        await marked(await portrait(), 6)
          .jpeg()
          .toBuffer(),
      ),
  ],
  [
    'a progressive JPEG',
    async () =>
      written(
        await marked(await portrait(), 3)
          .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
          .toBuffer(),
      ),
  ],
  [
    'a JPEG in CMYK',
    async () =>
      written(
        await marked((await portrait()).toColourspace('cmyk'), 1)
          .jpeg()
          .toBuffer(),
      ),
  ],
  [
    'a JPEG with a colour profile',
    async () =>
      written(
        await marked((await portrait()).withIccProfile('p3'), 8)
          .jpeg()
          .toBuffer(),
      ),
  ],
  [
    'a PNG',
    async () =>
      writtenPng(
        await marked(await portrait(), 1)
          .png()
          .toBuffer(),
      ),
  ],
  [
    'a PNG held upside down',
    async () =>
      writtenPng(
        await marked(await portrait(), 3)
          .png()
          .toBuffer(),
      ),
  ],
  [
    'a PNG with a palette and transparency',
    async () =>
      writtenPng(
        await marked((await portrait()).ensureAlpha(0.5), 1)
          .png({ palette: true })
          .toBuffer(),
      ),
  ],
];

test.each(kinds)('%s is kept as the picture alone, and to the last pixel', async (_what, made) => {
  const whole = await made();
  const before = await sharp(whole).metadata();
  expect(whole.includes(SECRET)).toBe(true);
  const bare = (await bareImage(whole)) ?? Buffer.alloc(0);
  const after = await sharp(bare).metadata();

  expect(bare.includes(SECRET)).toBe(false);
  expect([after.xmp, after.iptc, after.comments]).toEqual([undefined, undefined, undefined]);
  expect(after.exif?.length ?? 0).toBeLessThanOrEqual(32);
  expect(after.orientation ?? 1).toBe(before.orientation ?? 1);
  expect(after.icc?.toString('hex')).toBe(before.icc?.toString('hex'));
  expect(await pixels(bare)).toBe(await pixels(whole));
  expect((await bareImage(whole))?.equals(bare)).toBe(true);
  expect((await bareImage(bare))?.equals(bare)).toBe(true);
});

test('a file that is not built as its format says is none', async () => {
  const [jpeg, png] = [await (await portrait()).jpeg().toBuffer(), await (await portrait()).png().toBuffer()];
  expect(await bareImage(jpeg.subarray(0, -2))).toBeUndefined();
  expect(await bareImage(png.subarray(0, -2))).toBeUndefined();
});
