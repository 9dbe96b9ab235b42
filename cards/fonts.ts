import { dirname, join } from 'node:path';
import { openSync, type Font } from 'fontkit';

/** The card is drawn with fonts that are installed with the project, so that it looks the same on a machine with none. */
export type Face = 'regular' | 'medium' | 'bold' | 'ocr';

const plex = (name: string): string =>
  require.resolve(`@expo-google-fonts/ibm-plex-sans-arabic/${name}/IBMPlexSansArabic_${name}.ttf`);

/** IBM Plex Sans Arabic (OFL) has Arabic and Latin letters; OCR-B (Schwarz, Skala) comes with the barcode library. */
export const FONT_FILES: Readonly<Record<Face, string>> = {
  regular: plex('400Regular'),
  medium: plex('500Medium'),
  bold: plex('700Bold'),
  ocr: join(dirname(require.resolve('bwip-js/node')), '..', 'fonts', 'OCRB7.ttf'),
};

const opened = new Map<Face, Font>();

function font(face: Face): Font {
  const known = opened.get(face);
  if (known) return known;
  const found = openSync(FONT_FILES[face]);
  if ('fonts' in found) throw new Error('a single font is needed, not a collection');
  opened.set(face, found);
  return found;
}

/** Width of a line of text at size 1, shaped as it will be drawn. */
export function widthOf(text: string, face: Face): number {
  const used = font(face);
  return used.layout(text).advanceWidth / used.unitsPerEm;
}

/** The size at which the text is at most `width` wide, and never above `size`. */
export const sizeToFit = (text: string, face: Face, size: number, width: number): number =>
  Math.min(size, width / Math.max(widthOf(text, face), 1e-6));
