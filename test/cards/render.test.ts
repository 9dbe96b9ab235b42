import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { backElements, mrzOf } from '../../cards/back';
import { CARD, type Element } from '../../cards/elements';
import { FONT_FILES, widthOf } from '../../cards/fonts';
import { frontElements } from '../../cards/front';
import { cardPortrait } from '../../cards/portrait';
import { qrCode } from '../../cards/qr';
import { renderBackPng, renderCard, renderFrontPng, type PrintedCard } from '../../cards/render';
import { generatePeople } from '../../demo/people';
import { portraitFor } from '../../demo/portraits';

const qr = `eyJhbGciOiJFZERTQSJ9.${'c2FtcGxl'.repeat(20)}.${'c2lnbmVk'.repeat(10)}`;

async function cards(count: number): Promise<PrintedCard[]> {
  const people = generatePeople({ seed: 'cards', count, today: '2026-11-23' });
  return Promise.all(
    people.map(async (person, i) => ({
      documentType: person.document.type,
      serial: person.document.serial,
      identityNumber: person.identityNumber,
      nameAr: person.name.full.ar,
      nameEn: person.name.full.en,
      sex: person.sex,
      birthDate: person.birthDate,
      birthPlaceAr: person.birthPlace.ar,
      birthPlaceEn: person.birthPlace.en,
      nationality: person.nationality,
      issuedOn: '2026-11-23',
      expiresOn: '2036-11-22',
      photo: await portraitFor(i),
      qr,
    })),
  );
}

async function oneCard(): Promise<PrintedCard> {
  const [card] = await cards(1);
  if (!card) throw new Error('no card');
  return card;
}

const LONG = {
  nameAr: 'عبدالرحمن بن عبدالعزيز بن عبدالمجيد بن عبدالرحمن آل عبدالرحمن القحطاني',
  nameEn: 'Abdulrahman Abdulaziz Abdulmajeed Abdulrahman Al Abdulrahman Alqahtani',
  birthPlaceAr: 'المدينة المنورة، محافظة ينبع البحر',
  birthPlaceEn: 'Al Madinah Al Munawwarah, Yanbu Al Bahr',
};

function textBox(element: Element): { from: number; to: number } | undefined {
  if (element.kind !== 'text' || element.turn !== undefined) return undefined;
  const width = widthOf(element.text, element.face) * element.size;
  const from = { left: element.x, middle: element.x - width / 2, right: element.x - width }[element.anchor];
  return { from, to: from + width };
}

test('PNG and PDF of both sides, in the size of a card', async () => {
  const { frontPng, backPng, pdf } = await renderCard(await oneCard());
  for (const png of [frontPng, backPng])
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1011, height: 638 });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const boxes = [...pdf.toString('latin1').matchAll(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(boxes).toHaveLength(2);
  for (const [, width, height] of boxes) {
    expect(Number(width)).toBeCloseTo((85.6 * 72) / 25.4, 1);
    expect(Number(height)).toBeCloseTo((53.98 * 72) / 25.4, 1);
  }
});

test('the same card is the same picture, another another', async () => {
  const [one, two] = await cards(2);
  if (!one || !two) throw new Error('two cards are needed');
  const first = await renderFrontPng(one);
  expect(await renderFrontPng(one)).toEqual(first);
  expect(await renderFrontPng(two)).not.toEqual(first);
  expect(await renderBackPng(one)).not.toEqual(await renderBackPng(two));
});

test('the letters are really drawn: without the name there is less ink where it stands', async () => {
  const card = await oneCard();
  const ink = async (nameAr: string): Promise<number> => {
    const area = { left: 345, top: 140, width: 620, height: 70 };
    const png = await renderFrontPng({ ...card, nameAr });
    const cut = await sharp(png).extract(area).greyscale().png().toBuffer();
    const { channels } = await sharp(cut).stats();
    return channels[0]?.mean ?? 0;
  };
  expect((await ink(' ')) - (await ink(card.nameAr))).toBeGreaterThan(10);
});

test('no text leaves the card, and the two languages of a line never meet, however long the names', async () => {
  for (const card of (await cards(5)).flatMap((plain) => [plain, { ...plain, ...LONG }])) {
    const portrait = await cardPortrait(card.photo);
    for (const side of [frontElements(card, portrait), backElements(card, card.qr)]) {
      const lines = new Map<number, { from: number; to: number }[]>();
      for (const element of side) {
        const box = textBox(element);
        if (!box || element.kind !== 'text') continue;
        expect(box.from).toBeGreaterThanOrEqual(2);
        expect(box.to).toBeLessThanOrEqual(CARD.width - 2);
        lines.set(element.y, [...(lines.get(element.y) ?? []), box]);
      }
      for (const boxes of lines.values()) {
        const sorted = [...boxes].sort((a, b) => a.from - b.from);
        sorted.slice(1).forEach((box, i) => expect(box.from).toBeGreaterThanOrEqual(sorted[i]?.to ?? 0));
      }
    }
  }
});

test('what stands on it: both calendars, both digit forms, the word specimen, the zone for machines', async () => {
  const card = { ...(await oneCard()), birthDate: '2000-01-01', expiresOn: '2036-11-22' };
  const texts = (side: readonly Element[]) =>
    side.flatMap((element) => (element.kind === 'text' ? [element.text] : []));
  const front = texts(frontElements(card, await cardPortrait(card.photo)));
  expect(front).toEqual(
    expect.arrayContaining([
      '2000/01/01',
      '١٤٢٠/٠٩/٢٤ هـ',
      card.identityNumber,
      card.nameAr,
      card.nameEn,
      'SPECIMEN / نموذج',
    ]),
  );
  const back = texts(backElements(card, qr));
  expect(back).toEqual(expect.arrayContaining(['2036-11-22', 'SPECIMEN / نموذج']));
  expect(back.join('')).toContain(mrzOf(card).join(''));
});

test('the fonts are files of the project, and have the letters', () => {
  for (const file of Object.values(FONT_FILES)) expect(readFileSync(file).length).toBeGreaterThan(10_000);
  expect(widthOf('هوية', 'bold')).toBeGreaterThan(1);
});

test('a QR code is square, starts with its finder, and refuses what does not fit', () => {
  const { size, path } = qrCode('x');
  expect(size).toBe(21);
  expect(path.startsWith('M0 0h7v1h-7z')).toBe(true);
  expect(() => qrCode('')).toThrow(RangeError);
  expect(() => qrCode('x'.repeat(5000))).toThrow(RangeError);
});

test('a card without a readable photo is not drawn', async () => {
  const card = await oneCard();
  await expect(renderFrontPng({ ...card, photo: Buffer.from('no photo') })).rejects.toThrow();
});
