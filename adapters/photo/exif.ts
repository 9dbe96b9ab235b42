const EXIF_IFD = 0x8769;
const TAKEN = 0x9003;
const ASCII = 2;
const LONG = 4;
/** `YYYY:MM:DD hh:mm:ss`, as the camera's clock said. */
const DATE = /^(\d{4}):(\d{2}):(\d{2})/;

/**
 * The day on which a camera says that it took the picture, from an EXIF block; undefined where it says none, or nothing that can be
 * read. It is the camera's word: its clock may be wrong, and most portals strip it.
 */
export function takenOnIn(exif: Uint8Array): string | undefined {
  const tiff = exif.subarray(String.fromCharCode(...exif.subarray(0, 4)) === 'Exif' ? 6 : 0);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const little = view.getUint16(0) === 0x4949;
    const inside = entryOf(view, view.getUint32(4, little), EXIF_IFD, little);
    if (inside?.type !== LONG) return undefined;
    const taken = entryOf(view, view.getUint32(inside.at, little), TAKEN, little);
    if (taken?.type !== ASCII) return undefined;
    const from = view.getUint32(taken.at, little);
    const [, year, month, day] = DATE.exec(String.fromCharCode(...tiff.subarray(from, from + 10))) ?? [];
    return year && `${year}-${month}-${day}`;
  } catch {
    // A block that points beyond its own end.
    return undefined;
  }
}

/** An entry of a directory: its type, and where its value stands (or where to it points). */
function entryOf(
  view: DataView,
  directory: number,
  tag: number,
  little: boolean,
): { readonly type: number; readonly at: number } | undefined {
  const entries = view.getUint16(directory, little);
  for (let n = 0; n < entries; n++) {
    const at = directory + 2 + n * 12;
    if (view.getUint16(at, little) === tag) return { type: view.getUint16(at + 2, little), at: at + 8 };
  }
  return undefined;
}
