import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { createPhotoGauge } from '../../adapters/photo/gauge';
import { portraitFor, samplePortrait, type PortraitSample } from '../../demo/portraits';
import { takenOnIn } from '../../adapters/photo/exif';
import { defaultPhotoPolicy, judgePhoto, judgePhotoAge } from '../../domain/photo-verdict';
import { photoThreadFromSource } from '../support/source-threads';

let threads = 0;
const gauge = createPhotoGauge(() => {
  threads++;
  return photoThreadFromSource();
});

beforeAll(() => gauge.warmUp());
afterAll(() => gauge.close());

async function measured(bytes: Uint8Array) {
  const answer = await gauge.measure(bytes);
  if ('refusal' in answer) throw new Error(`refused: ${answer.refusal}`);
  return answer.measurement;
}

const judged = async (bytes: Uint8Array) => judgePhoto(await measured(bytes), defaultPhotoPolicy);
const rules = async (sample: PortraitSample) => {
  const { verdict, reasons } = await judged(await samplePortrait(sample));
  return { verdict, rules: reasons.map((reason) => reason.rule) };
};

describe('when it was taken', () => {
  const dated = async (taken: string): Promise<Buffer> =>
    sharp(await samplePortrait('good'))
      .withExif({ IFD2: { DateTimeOriginal: taken } })
      .jpeg()
      .toBuffer();

  test('is what its camera says, where it says a day', async () => {
    expect((await measured(await dated('2025:03:09 10:11:12'))).takenOn).toBe('2025-03-09');
    expect(await measured(await dated('2025:02:31 10:11:12'))).not.toHaveProperty('takenOn');
    expect(await measured(await samplePortrait('good'))).not.toHaveProperty('takenOn');
  });

  test('a block that points anywhere says nothing', () => {
    const block = Buffer.from('45786966000049492a00080000000100698704000100000000ffff00', 'hex');
    expect(takenOnIn(block)).toBeUndefined();
    expect(takenOnIn(new Uint8Array())).toBeUndefined();
  });

  test.each([
    ['seen within six months', { seenOn: '2026-05-01' }, 'pass'],
    ['seen longer ago', { seenOn: '2026-04-30' }, 'fail'],
    ['new here, and old by its camera', { seenOn: '2026-11-01', takenOn: '2026-04-30' }, 'doubt'],
    ['of a day to come', { seenOn: '2026-11-01', takenOn: '2026-11-03' }, 'doubt'],
    ['new by both', { seenOn: '2026-11-01', takenOn: '2026-10-31' }, 'pass'],
  ] as const)('%s', (_what, dates, verdict) => {
    expect(judgePhotoAge(dates, '2026-11-01', 6)).toBe(verdict);
  });
});

describe('portraits', () => {
  test('a good one passes', async () => {
    expect(await rules('good')).toEqual({ verdict: 'pass', rules: [] });
  });

  test('a shadow and a leaning head are left to a caseworker', async () => {
    expect(await rules('doubt')).toEqual({
      verdict: 'doubt',
      rules: ['background-not-white', 'background-uneven', 'tilted'],
    });
  });

  test.each<[PortraitSample, string]>([
    ['bad-background', 'background-not-white'],
    ['no-face', 'no-face'],
    ['two-faces', 'several-faces'],
    ['tilted', 'tilted'],
  ])('%s fails for %s', async (sample, rule) => {
    const found = await rules(sample);
    expect(found.verdict).toBe('fail');
    expect(found.rules).toContain(rule);
  });

  test('a portrait that is turned, out of focus, tiny or of another shape is seen as that', async () => {
    const good = await samplePortrait('good');
    const blurred = await judged(await sharp(good).blur(6).jpeg().toBuffer());
    expect(blurred.reasons.map((r) => r.rule)).toContain('blurred');
    const small = await judged(await sharp(good).resize(200, 300).jpeg().toBuffer());
    expect(small).toMatchObject({ verdict: 'fail', reasons: [{ rule: 'too-small', value: 200, limit: 240 }] });
    const square = await judged(
      await sharp(good).resize(600, 600, { fit: 'cover', position: 'top' }).jpeg().toBuffer(),
    );
    expect(square.reasons.map((r) => r.rule)).toContain('wrong-ratio');
  });

  test('PNG is taken, transparency is white, and a camera that notes how it was held is believed', async () => {
    const good = await samplePortrait('good');
    expect(await judged(await sharp(good).png().toBuffer())).toMatchObject({ verdict: 'pass' });
    const sideways = await sharp(good).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const measurement = await measured(sideways);
    expect([measurement.width, measurement.height, measurement.faces]).toEqual([400, 600, 1]);
    const clear = await sharp({ create: { width: 400, height: 600, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect(await measured(clear)).toMatchObject({ backgroundWhiteness: 1, faces: 0 });
  });

  test('every generated person has a portrait of their own, and each passes', async () => {
    const portraits = await Promise.all(Array.from({ length: 12 }, (_, i) => portraitFor(i)));
    expect(new Set(portraits.map((bytes) => bytes.toString('base64'))).size).toBe(portraits.length);
    expect(await portraitFor(3)).toEqual(portraits[3]);
    const verdicts = await Promise.all(portraits.map(judged));
    expect(verdicts.map((v) => v.verdict)).toEqual(portraits.map(() => 'pass'));
  });
});

describe('bytes that are no portrait', () => {
  const refusal = async (bytes: Uint8Array) => gauge.measure(bytes);

  test('not an image, or one of a kind that is not taken', async () => {
    expect(await refusal(new Uint8Array(0))).toEqual({ refusal: 'not-an-image' });
    expect(await refusal(Buffer.from('a letter, not a picture'))).toEqual({ refusal: 'not-an-image' });
    expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual({
      refusal: 'unsupported-format',
    });
    const webp = await sharp(await samplePortrait('good'))
      .webp()
      .toBuffer();
    expect(await refusal(webp)).toEqual({ refusal: 'unsupported-format' });
  });

  test('cut off or broken on the way', async () => {
    const jpeg = await samplePortrait('good');
    const png = await sharp(jpeg).png().toBuffer();
    for (const bytes of [jpeg, png]) {
      for (const share of [0.001, 0.3, 0.9]) {
        expect(await refusal(bytes.subarray(0, Math.max(9, bytes.length * share)))).toEqual({ refusal: 'truncated' });
      }
    }
    const cutWithEnd = Buffer.concat([jpeg.subarray(0, jpeg.length / 2), Buffer.from([0xff, 0xd9])]);
    expect(await refusal(cutWithEnd)).toEqual({ refusal: 'truncated' });
    const broken = Buffer.from(png);
    broken.fill(0x5a, 2000, 6000);
    expect(await refusal(broken)).toEqual({ refusal: 'truncated' });
  });

  test('50 MB', async () => {
    const bytes = Buffer.alloc(50 * 1024 * 1024);
    (await samplePortrait('good')).copy(bytes);
    expect(await refusal(bytes)).toEqual({ refusal: 'too-large' });
  });

  test('decompression bombs are refused before they are decoded', async () => {
    const claimed = png(50_000, 50_000, Buffer.alloc(100));
    expect(await refusal(claimed)).toEqual({ refusal: 'too-many-pixels' });
    const real = png(8000, 8000, Buffer.alloc(8000 * 8001));
    expect(real.length).toBeLessThan(100_000);
    expect(await refusal(real)).toEqual({ refusal: 'too-many-pixels' });
    const jpeg = Buffer.from(await samplePortrait('good'));
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(60_000, frame + 5);
    jpeg.writeUInt16BE(60_000, frame + 7);
    expect(await refusal(jpeg)).toEqual({ refusal: 'too-many-pixels' });
  });
});

describe('the gauge', () => {
  test('the same bytes are measured once', async () => {
    const bytes = await portraitFor('measured once');
    const [first, second] = await Promise.all([gauge.measure(bytes), gauge.measure(new Uint8Array(bytes))]);
    expect(second).toBe(first);
    expect(await gauge.measure(bytes)).toBe(first);
  });

  test('a thread that dies fails those who wait, and the next photo has a new one', async () => {
    const started: ReturnType<typeof photoThreadFromSource>[] = [];
    const fragile = createPhotoGauge(() => {
      const thread = photoThreadFromSource();
      started.push(thread);
      return thread;
    });
    const bytes = await samplePortrait('good');
    const lost = fragile.measure(bytes);
    const seen = expect(lost).rejects.toThrow('stopped');
    await started[0]?.terminate();
    await seen;
    expect(await fragile.measure(bytes)).toHaveProperty('measurement.faces', 1);
    expect(started).toHaveLength(2);
    await fragile.close();
    await expect(fragile.measure(await portraitFor('late'))).rejects.toThrow('closed');
  });

  test('one thread did it all', () => {
    expect(threads).toBe(1);
  });
});

/** A grey PNG whose header claims this size, with this image data. */
function png(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
