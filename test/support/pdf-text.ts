import { inflateSync } from 'node:zlib';

const streamOf = (object = ''): string => {
  const begin = object.indexOf('stream\n');
  if (begin < 0) return '';
  const bytes = Buffer.from(object.slice(begin + 7, object.lastIndexOf('\nendstream')), 'latin1');
  return object.slice(0, begin).includes('FlateDecode') ? inflateSync(bytes).toString('latin1') : '';
};

/** The characters of each glyph, in the order of the font. */
const charactersOf = (map: string): string[] =>
  [...(/\[([^\]]*)\]/.exec(map)?.[1] ?? '').matchAll(/<([^>]*)>/g)].map(([, codes = '']) =>
    codes
      .split(' ')
      .map((code) => String.fromCharCode(parseInt(code, 16)))
      .join(''),
  );

/** The text of a PDF of ours as its glyphs say it, all runs together. Arabic is in the order in which it stands on the paper, from the left. */
export function pdfText(pdf: Buffer): string {
  const objects = new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [
      id,
      body,
    ]),
  );
  const fonts = new Map<string, string[]>();
  for (const body of objects.values())
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (map !== undefined) fonts.set(name, charactersOf(streamOf(objects.get(map))));
    }
  const runs: string[] = [];
  for (const page of [...objects.values()].map(streamOf).filter((each) => each.includes(' TJ'))) {
    let font: string[] = [];
    for (const [, name, glyphs = ''] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name) ?? [];
      else
        runs.push(
          [...glyphs.matchAll(/<([0-9a-f]*)>/g)]
            .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
            .map((glyph) => font[parseInt(glyph, 16)] ?? '')
            .join(''),
        );
    }
  }
  return runs.join('');
}
