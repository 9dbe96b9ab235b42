import { inflateSync } from 'node:zlib';

/** Where the text of a QR code of level M lies: codewords of error correction in a block, and blocks, by version (ISO/IEC 18004). */
const CORRECTION = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
];
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

type Modules = readonly (readonly boolean[])[];

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function alignmentsOf(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, n) => size - 7 - n * step).reverse()];
}

/** Finders, timing, alignment, format and version: what holds no text. */
function isFixed(x: number, y: number, version: number, size: number): boolean {
  const far = size - 8;
  if ((x < 9 && y < 9) || (x >= far && y < 9) || (x < 9 && y >= far) || x === 6 || y === 6) return true;
  if (version >= 7 && ((x < 6 && y >= size - 11) || (y < 6 && x >= size - 11))) return true;
  const at = alignmentsOf(version, size);
  const last = size - 7;
  return at.some((ax) =>
    at.some((ay) => {
      const corner = (ax === 6 && (ay === 6 || ay === last)) || (ax === last && ay === 6);
      return !corner && Math.abs(x - ax) <= 2 && Math.abs(y - ay) <= 2;
    }),
  );
}

/** Up and down in columns of two from the lower right, the mask taken off. */
function codewordsOf(modules: Modules, version: number): number[] {
  const size = modules.length;
  const dark = (x: number, y: number): boolean => modules[y]?.[x] === true;
  const format = ([dark(2, 8), dark(3, 8), dark(4, 8)] as const).reduce((all, bit) => all * 2 + Number(bit), 0);
  const mask = MASKS[format ^ 0b101];
  const bits: number[] = [];
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let n = 0; n < size; n++) {
      const y = up ? size - 1 - n : n;
      for (const x of [right, right - 1])
        if (!isFixed(x, y, version, size)) bits.push(Number(dark(x, y) !== mask?.(x, y)));
    }
    up = !up;
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, n) =>
    bits.slice(n * 8, n * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
}

/** The blocks one after another, as their codewords lie in turns; without those of error correction. */
function dataOf(codewords: readonly number[], version: number): number[] {
  const blocks = BLOCKS[version - 1] ?? 1;
  const total = codewords.length - blocks * (CORRECTION[version - 1] ?? 0);
  const short = Math.floor(total / blocks);
  const longer = blocks - (total % blocks);
  return Array.from({ length: blocks }, (_, block) => {
    const first = Array.from({ length: short }, (__, n) => codewords[n * blocks + block] ?? 0);
    return block < longer ? first : [...first, codewords[short * blocks + block - longer] ?? 0];
  }).flat();
}

function textOf(data: readonly number[], version: number): string {
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let at = 0;
  const take = (count: number): number => parseInt(bits.slice(at, (at += count)).padEnd(1, '0'), 2);
  const wide = version < 10 ? 0 : version < 27 ? 1 : 2;
  let text = '';
  for (;;) {
    const mode = bits.length - at < 4 ? 0 : take(4);
    if (mode === 0) return text;
    if (mode === 4) {
      const count = take(wide === 0 ? 8 : 16);
      text += Buffer.from(Array.from({ length: count }, () => take(8))).toString();
    } else if (mode === 2) {
      for (let left = take(9 + 2 * wide); left > 0; left -= 2) {
        const pair = take(left > 1 ? 11 : 6);
        text += left > 1 ? `${ALPHANUMERIC[Math.floor(pair / 45)]}${ALPHANUMERIC[pair % 45]}` : ALPHANUMERIC[pair];
      }
    } else if (mode === 1) {
      for (let left = take(10 + 2 * wide); left > 0; left -= 3) {
        const digits = Math.min(3, left);
        text += String(take([0, 4, 7, 10][digits] ?? 0)).padStart(digits, '0');
      }
    } else throw new Error(`a QR code in mode ${mode}`);
  }
}

/** Reads a QR code of level M that is drawn without a fault: no error is corrected. */
export function readQr(modules: Modules): string {
  const version = (modules.length - 17) / 4;
  return textOf(dataOf(codewordsOf(modules, version), version), version);
}

/** The QR code of a PDF that draws it as rectangles a unit high: its modules, from what the page itself says. */
export function qrOfPdf(pdf: Buffer): Modules {
  const streams = pdf
    .toString('latin1')
    .split('stream')
    .flatMap((part) => {
      try {
        return [inflateSync(Buffer.from(part.replace(/^\r?\n/, ''), 'latin1')).toString('latin1')];
      } catch {
        return [];
      }
    });
  const runs = streams.flatMap((page) =>
    [...page.matchAll(/(\d+) (\d+) m\s+(\d+) (\d+) l\s+(\d+) (\d+) l\s+(\d+) (\d+) l\s+h/g)]
      .map((found) => found.slice(1).map(Number))
      .filter(([, y1 = 0, , , , y3]) => y3 === y1 + 1),
  );
  const size = Math.max(...runs.map(([, , x2 = 0]) => x2));
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [x1 = 0, y = 0, x2 = 0] of runs) modules[y]?.fill(true, x1, x2);
  return modules;
}
