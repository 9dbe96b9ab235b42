import { LARGEST_PHOTO, type PhotoRefusal } from './port';

/** Pixels that are decoded at most; what a header claims is checked before any memory is taken for it. */
export const MAX_PIXELS = 25_000_000;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const JPEG_END = [0xff, 0xd9];

/** Images that we know and do not take, by how they begin; `at` is where the mark stands. */
const OTHER_FORMATS: readonly { readonly at: number; readonly mark: string }[] = [
  { at: 0, mark: 'GIF8' },
  { at: 0, mark: 'BM' },
  { at: 8, mark: 'WEBP' },
  { at: 0, mark: 'II*\0' },
  { at: 0, mark: 'MM\0*' },
  { at: 4, mark: 'ftyp' },
  { at: 0, mark: '<svg' },
  { at: 0, mark: '%PDF' },
];

/** What the bytes claim to be, from the header alone; what they hold is known only after decoding. */
export function checkHeader(bytes: Uint8Array): PhotoRefusal | undefined {
  if (bytes.length > LARGEST_PHOTO) return 'too-large';
  if (startsWith(bytes, PNG)) return checkPng(bytes);
  if (startsWith(bytes, JPEG)) return checkJpeg(bytes);
  return OTHER_FORMATS.some(({ at, mark }) => textAt(bytes, at, mark.length) === mark)
    ? 'unsupported-format'
    : 'not-an-image';
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);
const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

function checkPng(bytes: Uint8Array): PhotoRefusal | undefined {
  if (bytes.length < 33) return 'truncated';
  if (textAt(bytes, 12, 4) !== 'IHDR') return 'not-an-image';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(16) * view.getUint32(20) > MAX_PIXELS) return 'too-many-pixels';
  return endsWith(bytes, [0x49, 0x45, 0x4e, 0x44]) ? undefined : 'truncated';
}

function checkJpeg(bytes: Uint8Array): PhotoRefusal | undefined {
  const pixels = jpegPixels(bytes);
  if (pixels === undefined) return 'truncated';
  if (pixels > MAX_PIXELS) return 'too-many-pixels';
  return endsWith(bytes, JPEG_END) ? undefined : 'truncated';
}

/** Width times height from the start-of-frame segment; undefined where the bytes end before it. */
function jpegPixels(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += standsAlone ? 2 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Cameras append a little after the end; anything that stands in the last 64 KiB counts as an end. */
function endsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  const last = Math.max(0, bytes.length - 65_536);
  for (let at = bytes.length - mark.length; at >= last; at--) {
    if (mark.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
