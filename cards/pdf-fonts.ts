import { Font } from '@react-pdf/renderer';
import type { Font as Fontkit, Glyph } from 'fontkit';

interface Source {
  readonly src: string;
  readonly fontWeight?: number;
}

const families = new Map<string, Promise<void>>();

/** Once a process: fonts are read from their files, and shared by every paper from then on. */
export function fontFamily(family: string, fonts: readonly Source[]): Promise<void> {
  const known = families.get(family) ?? load(family, fonts);
  families.set(family, known);
  return known;
}

async function load(family: string, fonts: readonly Source[]): Promise<void> {
  Font.register({ family, fonts: [...fonts] });
  for (const { fontWeight = 400 } of fonts) {
    const source = Font.getFont({ fontFamily: family, fontWeight });
    await source.load();
    if (source.data) askForLettersAnew(source.data);
  }
}

/**
 * fontkit keeps each glyph with the letters that it first stood for. One that was first embedded as a part of another,
 * as the body of سـ is in شـ, was kept with none, and the renderer, which cuts text by letters, left it out of all later papers.
 */
function askForLettersAnew(font: Pick<Fontkit, 'getGlyph'>): void {
  const kept = font.getGlyph.bind(font);
  font.getGlyph = (id, letters = []) => {
    const glyph = kept(id, letters);
    if (letters.length === 0 || String(glyph.codePoints) === String(letters)) return glyph;
    return new (glyph.constructor as new (...args: unknown[]) => Glyph)(id, letters, font);
  };
}
