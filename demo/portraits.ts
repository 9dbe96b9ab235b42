import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export const PORTRAIT_SAMPLES = ['good', 'doubt', 'bad-background', 'no-face', 'two-faces', 'tilted'] as const;

/** What a sample shows; the default photo policy passes `good`, doubts `doubt` and fails the others. */
export type PortraitSample = (typeof PORTRAIT_SAMPLES)[number];

/** Compiled code stands one folder deeper than the images. */
const FOLDER =
  [join(__dirname, 'portraits'), join(__dirname, '../../demo/portraits')].find((folder) => existsSync(folder)) ??
  join(__dirname, 'portraits');

const read = new Map<PortraitSample, Promise<Buffer>>();

/** The bytes of a sample as shipped (JPEG); their sources stand in `portraits/SOURCES.md`. */
export function samplePortrait(sample: PortraitSample): Promise<Buffer> {
  const bytes = read.get(sample) ?? readFile(join(FOLDER, `${sample}.jpg`));
  read.set(sample, bytes);
  return bytes;
}

/**
 * A JPEG of a person's own: the sample cropped, lit and mirrored as the seed says. The same seed gives the same
 * bytes, another seed other bytes. It holds a hash of the seed and not the seed.
 */
export async function portraitFor(seed: string | number, sample: PortraitSample = 'good'): Promise<Buffer> {
  const digest = createHash('sha256').update(`${sample}/${seed}`).digest();
  const share = (at: number): number => digest.readUInt16BE(at) / 0xffff;
  const original = sharp(await samplePortrait(sample));
  const { width, height } = await original.metadata();
  const kept = 0.95 + 0.05 * share(0);
  const area = { width: 2 * Math.round((width * kept) / 2), height: 3 * Math.round((width * kept) / 2) };
  const varied = original
    .extract({
      left: Math.round((width - area.width) * share(2)),
      top: Math.round(Math.max(0, height - area.height) * share(4)),
      width: area.width,
      height: Math.min(height, area.height),
    })
    .resize(width, height)
    .modulate({ brightness: 0.98 + 0.03 * share(6), saturation: 0.85 + 0.3 * share(8) });
  if (share(10) < 0.5) varied.flop();
  return varied
    .withExif({ IFD0: { ImageDescription: digest.toString('hex', 0, 12) } })
    .jpeg({ quality: 88 })
    .toBuffer();
}
