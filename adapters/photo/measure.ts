import sharp from 'sharp';
import { isLocalDate } from '../../domain/time';
import { takenOnIn } from './exif';
import { findFaces, type FoundFaces, type Pixels } from './faces';
import { checkHeader, MAX_PIXELS } from './image-header';
import type { PhotoMeasurement, PhotoRefusal } from './port';

export type PhotoAnswer = { measurement: PhotoMeasurement } | { refusal: PhotoRefusal };

/** The image is looked at in this size at most, so that the numbers do not depend on the camera. */
const LOOKED_AT = { width: 480, height: 720 };
/** Of the width at the left and right, and of the height at the top. */
const BORDER = 0.08;
/** How far down the left and right borders go; below it there are shoulders. */
const BORDER_DEPTH = 0.45;
/** Darkest channel of what counts as near white, and how far its channels may be apart. */
const NEAR_WHITE = { darkest: 215, spread: 28 };
/** The face is brought to this height before its sharpness is taken. */
const FACE_HEIGHT = 160;

/** Runs where the models may be loaded and a core may be kept busy for some 100 ms: in the gauge's thread. */
export async function measurePhoto(bytes: Uint8Array): Promise<PhotoAnswer> {
  const refusal = checkHeader(bytes);
  if (refusal) return { refusal };
  const decoded = await decode(bytes);
  if ('refusal' in decoded) return decoded;
  const { pixels, width, height, takenOn } = decoded;
  const faces = await findFaces(pixels);
  return {
    measurement: {
      width,
      height,
      ...faceNumbers(faces, pixels),
      ...borderNumbers(pixels),
      sharpness: await sharpness(pixels, faces),
      ...(takenOn ? { takenOn } : {}),
    },
  };
}

async function decode(
  bytes: Uint8Array,
): Promise<{ pixels: Pixels; width: number; height: number; takenOn: string | undefined } | { refusal: PhotoRefusal }> {
  try {
    const upright = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize({ ...LOOKED_AT, fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { autoOrient, exif } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
    const { width, height } = autoOrient;
    const pixels = { data: upright.data, width: upright.info.width, height: upright.info.height };
    const takenOn = exif && takenOnIn(exif);
    return { pixels, width, height, takenOn: takenOn && isLocalDate(takenOn) ? takenOn : undefined };
  } catch {
    // The header was in order, so these are the bytes of an image that stops or breaks on the way.
    return { refusal: 'truncated' };
  }
}

function faceNumbers({ count, best }: FoundFaces, { width, height }: Pixels) {
  if (!best) return { faces: 0, confidence: 0, faceHeightRatio: 0, offCentre: 0, tilt: 0 };
  return {
    faces: count,
    confidence: best.confidence,
    faceHeightRatio: best.height / height,
    offCentre: Math.abs(best.x + best.width / 2 - width / 2) / width,
    tilt: best.tilt,
  };
}

function borderNumbers({ data, width, height }: Pixels) {
  const side = Math.max(1, Math.round(width * BORDER));
  const top = Math.max(1, Math.round(height * BORDER));
  const depth = Math.max(top, Math.round(height * BORDER_DEPTH));
  let count = 0;
  let white = 0;
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < depth; y++) {
    for (let x = 0; x < width; x++) {
      if (y >= top && x >= side && x < width - side) continue;
      const at = (y * width + x) * 3;
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const darkest = Math.min(r, g, b);
      const grey = 0.299 * r + 0.587 * g + 0.114 * b;
      count++;
      if (darkest >= NEAR_WHITE.darkest && Math.max(r, g, b) - darkest <= NEAR_WHITE.spread) white++;
      sum += grey;
      squares += grey * grey;
    }
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  return { backgroundWhiteness: white / count, backgroundEvenness: Math.max(0, 1 - deviation / 127.5) };
}

/** Of the face alone: an even background would make any portrait look blurred. */
async function sharpness({ data, width, height }: Pixels, { best }: FoundFaces): Promise<number> {
  const left = Math.min(width - 1, Math.max(0, Math.round(best?.x ?? 0)));
  const top = Math.min(height - 1, Math.max(0, Math.round(best?.y ?? 0)));
  const area = {
    left,
    top,
    width: Math.max(1, Math.min(width - left, Math.round(best?.width ?? width))),
    height: Math.max(1, Math.min(height - top, Math.round(best?.height ?? height))),
  };
  const { data: grey, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract(area)
    .resize({ height: FACE_HEIGHT })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return laplacianVariance(grey, info.width, info.height);
}

function laplacianVariance(grey: Uint8Array, width: number, height: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  const at = (x: number, y: number): number => grey[y * width + x] ?? 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
      count++;
      sum += edge;
      squares += edge * edge;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}
