import bwipjs from 'bwip-js/node';

/** A QR code as a square of modules. */
export interface QrCode {
  /** Modules along a side, without the quiet zone. */
  readonly size: number;
  /** An SVG path of the dark modules, one unit a module. */
  readonly path: string;
}

/**
 * Error correction M: a card is scratched, but not torn. Throws a RangeError on a payload that does not fit (about 2,300
 * bytes) or that is empty.
 */
export function qrCode(payload: string): QrCode {
  if (payload === '') throw new RangeError('a QR code needs a payload');
  const { pixs, pixx, pixy } = modulesOf(payload);
  let path = '';
  for (let y = 0; y < pixy; y++) {
    for (let x = 0; x < pixx; x++) {
      if (pixs[y * pixx + x] !== 1) continue;
      let run = 1;
      while (x + run < pixx && pixs[y * pixx + x + run] === 1) run++;
      path += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return { size: pixx, path };
}

interface Modules {
  readonly pixs: readonly number[];
  readonly pixx: number;
  readonly pixy: number;
}

function modulesOf(payload: string): Modules {
  let drawn: unknown;
  try {
    [drawn] = bwipjs.raw('qrcode', payload, 'eclevel=M');
  } catch (error) {
    throw new RangeError('the payload does not fit into a QR code', { cause: error });
  }
  if (!isModules(drawn)) throw new TypeError('the barcode library drew no modules');
  return drawn;
}

const isModules = (drawn: unknown): drawn is Modules =>
  typeof drawn === 'object' && drawn !== null && 'pixs' in drawn && 'pixx' in drawn && 'pixy' in drawn;
