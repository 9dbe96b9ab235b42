import { renderAsync } from '@resvg/resvg-js';
import { CARD, type Element, type Sheet } from './elements';
import { FONT_FILES, type Face } from './fonts';

const DOTS_PER_MM = 300 / 25.4;

const FAMILIES: Readonly<Record<Face, { readonly family: string; readonly weight: number }>> = {
  regular: { family: 'IBM Plex Sans Arabic', weight: 400 },
  medium: { family: 'IBM Plex Sans Arabic', weight: 500 },
  bold: { family: 'IBM Plex Sans Arabic', weight: 700 },
  ocr: { family: 'OCRB', weight: 400 },
};

const ANCHORS = { left: 'start', middle: 'middle', right: 'end' } as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const faint = (opacity: number | undefined): string => (opacity === undefined ? '' : ` opacity="${opacity}"`);

function drawn(element: Element): string {
  switch (element.kind) {
    case 'rect':
      return `<rect x="${element.x}" y="${element.y}" width="${element.width}" height="${element.height}" rx="${element.radius ?? 0}" fill="${element.fill}"/>`;
    case 'path': {
      const stroke = element.stroke ? ` stroke="${element.stroke.colour}" stroke-width="${element.stroke.width}"` : '';
      return `<path transform="translate(${element.x} ${element.y}) scale(${element.scale})" d="${element.d}" fill="${element.fill ?? 'none'}"${stroke}${faint(element.opacity)}/>`;
    }
    case 'image':
      return `<image x="${element.x}" y="${element.y}" width="${element.width}" height="${element.height}"${faint(element.opacity)} preserveAspectRatio="none" href="data:image/jpeg;base64,${element.jpeg.toString('base64')}"/>`;
    case 'text': {
      const { family, weight } = FAMILIES[element.face];
      const turn = element.turn === undefined ? '' : ` transform="rotate(${element.turn} ${element.x} ${element.y})"`;
      return `<text x="${element.x}" y="${element.y}" font-family="${family}" font-weight="${weight}" font-size="${element.size}" fill="${element.colour}" text-anchor="${ANCHORS[element.anchor]}"${faint(element.opacity)}${turn}>${escaped(element.text)}</text>`;
    }
  }
}

export function toSvg(elements: readonly Element[], { width, height }: Sheet = CARD): string {
  const inside = elements.map(drawn).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">${inside}</svg>`;
}

/** Draws at 300 dots an inch, off the calling thread, with the project's fonts and no others. */
export async function toPng(elements: readonly Element[], sheet: Sheet = CARD): Promise<Buffer> {
  const image = await renderAsync(toSvg(elements, sheet), {
    fitTo: { mode: 'width', value: Math.round(sheet.width * DOTS_PER_MM) },
    font: { fontFiles: Object.values(FONT_FILES), loadSystemFonts: false, defaultFontFamily: FAMILIES.regular.family },
  });
  return image.asPng();
}
