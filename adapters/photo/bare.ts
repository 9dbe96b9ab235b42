import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/**
 * The image without what its camera and its editors wrote beside it: place, device, names, thumbnails, what stands behind its end.
 * Not a pixel is encoded anew. Only how the camera was held is kept, because the picture is turned by it. The same bytes give the same
 * bytes. Undefined where the file is not built as its format says.
 */
export async function bareImage(bytes: Uint8Array): Promise<Buffer | undefined> {
  const { orientation = 1 } = await sharp(bytes).metadata();
  const turned = orientation === 1 ? undefined : heldAs(orientation);
  const parts = bytes[0] === 0x89 ? pngParts(bytes, turned) : jpegParts(bytes, turned);
  return parts && Buffer.concat(parts);
}

/** A TIFF block with a single entry: the orientation. */
const heldAs = (orientation: number): Buffer =>
  Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);

const JPEG_START = Buffer.from([0xff, 0xd8]);
const JPEG_END = 0xd9;
const SCAN = 0xda;
/** Frames, tables, restarts and scans. */
const isPicture = (marker: number): boolean => marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8;
/** Without a length: restarts. */
const standsAlone = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const APPLICATION = 0xe0;
/** What of applications' segments says which colours are meant. */
const COLOURS: readonly (readonly [marker: number, mark: string])[] = [
  [APPLICATION + 2, 'ICC_PROFILE\0'],
  [APPLICATION + 14, 'Adobe'],
];
const JFIF = 'JFIF\0';
/** Of a JFIF segment with its marker; behind it there is a thumbnail, or nothing. */
const JFIF_LENGTH = 18;

function jpegParts(bytes: Uint8Array, turned: Buffer | undefined): Uint8Array[] | undefined {
  const head: Uint8Array[] = [];
  const picture: Uint8Array[] = [];
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marks = (at: number, mark: string): boolean => view.toString('latin1', at + 4, at + 4 + mark.length) === mark;
  for (let at = JPEG_START.length; at + 2 <= view.length;) {
    const marker = view.readUInt8(at + 1);
    if (view[at] !== 0xff) return undefined;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === JPEG_END)
      return [JPEG_START, ...head, ...(turned ? [exifSegment(turned)] : []), ...picture, view.subarray(at, at + 2)];
    const end = standsAlone(marker) ? at + 2 : at + 4 <= view.length ? at + 2 + view.readUInt16BE(at + 2) : Infinity;
    if (end > view.length) return undefined;
    if (marker === APPLICATION && marks(at, JFIF) && end - at >= JFIF_LENGTH && head.length === 0)
      head.push(withoutThumbnail(view.subarray(at, at + JFIF_LENGTH)));
    if (isPicture(marker) || COLOURS.some(([own, mark]) => marker === own && marks(at, mark)))
      picture.push(view.subarray(at, end));
    at = end;
    if (marker !== SCAN) continue;
    at = endOfScan(view, end);
    picture.push(view.subarray(end, at));
  }
  return undefined;
}

function withoutThumbnail(segment: Buffer): Buffer {
  const bare = Buffer.from(segment);
  bare.writeUInt16BE(JFIF_LENGTH - 2, 2);
  bare.writeUInt16BE(0, JFIF_LENGTH - 2);
  return bare;
}

function exifSegment(block: Buffer): Buffer {
  const start = Buffer.from([0xff, APPLICATION + 1, 0, 0, ...Buffer.from('Exif\0\0')]);
  start.writeUInt16BE(start.length - 2 + block.length, 2);
  return Buffer.concat([start, block]);
}

/** Where the next marker stands: in a scan 0xff is followed by a zero, or by a restart. */
function endOfScan(view: Buffer, from: number): number {
  for (let at = view.indexOf(0xff, from); at !== -1; at = view.indexOf(0xff, at + 2)) {
    const next = view[at + 1] ?? 0;
    if (next !== 0 && !standsAlone(next)) return at;
  }
  return view.length;
}

const PNG_START = 8;
/** What is drawn, and in which colours. */
const DRAWN = ['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'IDAT', 'IEND'];

function pngParts(bytes: Uint8Array, turned: Buffer | undefined): Uint8Array[] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [view.subarray(0, PNG_START)];
  for (let at = PNG_START; at + 12 <= view.length;) {
    const end = at + 12 + view.readUInt32BE(at);
    const name = view.toString('latin1', at + 4, at + 8);
    if (end > view.length) return undefined;
    if (DRAWN.includes(name)) parts.push(view.subarray(at, end));
    if (name === 'IHDR' && turned) parts.push(pngChunk('eXIf', turned));
    if (name === 'IEND') return parts;
    at = end;
  }
  return undefined;
}

function pngChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(content.length);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), named.length + 4);
  return chunk;
}
