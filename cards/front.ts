import type { CardPersonalisation } from '../adapters/card-bureau/port';
import { arabicIndicDigits, formatHijriShort, toHijri } from '../domain/calendar/hijri';
import { nationalityWords } from '../domain/nationalities';
import type { LocalDate } from '../domain/time';
import { COLOURS, ground, leftText, MARGIN, middleText, rightText, SPECIMEN, specimen, star } from './design';
import { CARD, type Element } from './elements';
import type { Portrait } from './portrait';

const TITLES = {
  'national-id': { ar: 'بطاقة الهوية الوطنية', en: 'National identity card' },
  'resident-id': { ar: 'بطاقة هوية مقيم', en: 'Resident identity card' },
} as const;

const BAND = 9.4;
const RIGHT = CARD.width - MARGIN;
const PORTRAIT = { x: MARGIN, y: 12.6, width: 22, height: 33 } as const;
const GHOST = { width: 8.4, height: 12.6 } as const;
/** Where the column of text begins. */
const LEFT = PORTRAIT.x + PORTRAIT.width + 3;
const MIDDLE = (LEFT + RIGHT) / 2;
const ROWS_FROM = 27.4;
const ROW = 5.05;

interface Row {
  readonly label: { readonly ar: string; readonly en: string };
  readonly ar: string;
  readonly en: string;
}

/** `1988/02/29`, in the order in which Arabic papers print a date. */
const slashed = (date: LocalDate): string => date.replaceAll('-', '/');

function rowsOf(card: CardPersonalisation): readonly Row[] {
  const nationality = nationalityWords(card.nationality);
  const sex = card.sex === 'M' ? { ar: 'ذكر', en: 'Male' } : { ar: 'أنثى', en: 'Female' };
  return [
    {
      label: { ar: 'تاريخ الميلاد', en: 'Date of birth' },
      en: slashed(card.birthDate),
      ar: `${formatHijriShort(toHijri(card.birthDate), 'arabic-indic')} هـ`,
    },
    { label: { ar: 'مكان الميلاد', en: 'Place of birth' }, en: card.birthPlaceEn, ar: card.birthPlaceAr },
    {
      label: { ar: 'الجنسية / الجنس', en: 'Nationality / sex' },
      en: `${nationality.en} / ${sex.en}`,
      ar: `${nationality.ar} / ${sex.ar}`,
    },
    {
      label: { ar: 'تاريخ الانتهاء', en: 'Date of expiry' },
      en: slashed(card.expiresOn),
      ar: `${formatHijriShort(toHijri(card.expiresOn), 'arabic-indic')} هـ`,
    },
  ];
}

function drawRow(row: Row, index: number): Element[] {
  const y = ROWS_FROM + index * ROW;
  const width = MIDDLE - LEFT - GHOST.width / 2 - 1;
  const label = { size: 1.55, colour: COLOURS.soft, width };
  const value = { size: 2.35, face: 'medium', width } as const;
  return [
    leftText(LEFT, y, row.label.en, label),
    rightText(RIGHT, y, row.label.ar, { ...label, size: 1.75 }),
    leftText(LEFT, y + 2.6, row.en, value),
    rightText(RIGHT, y + 2.6, row.ar, value),
  ];
}

/** The side with the portrait: who holds the card. */
export function frontElements(card: CardPersonalisation, portrait: Portrait): readonly Element[] {
  const title = TITLES[card.documentType];
  const width = RIGHT - LEFT;
  return [
    ...ground,
    { kind: 'rect', x: 0, y: 0, width: CARD.width, height: BAND, fill: COLOURS.ink },
    { kind: 'rect', x: 0, y: BAND, width: CARD.width, height: 0.5, fill: COLOURS.accent },
    star(CARD.width / 2, BAND / 2, 4, COLOURS.line),
    leftText(MARGIN, 6.0, title.en, { size: 2.9, face: 'medium', colour: COLOURS.white, width: 34 }),
    rightText(RIGHT, 6.2, title.ar, { size: 3.5, face: 'bold', colour: COLOURS.white, width: 34 }),
    {
      kind: 'rect',
      x: PORTRAIT.x - 0.35,
      y: PORTRAIT.y - 0.35,
      width: PORTRAIT.width + 0.7,
      height: PORTRAIT.height + 0.7,
      radius: 0.8,
      fill: COLOURS.line,
    },
    { kind: 'image', jpeg: portrait.full, ...PORTRAIT },
    { kind: 'image', jpeg: portrait.ghost, x: MIDDLE - GHOST.width / 2, y: 30, ...GHOST, opacity: 0.28 },
    specimen(40, 11, -24),
    rightText(RIGHT, 16.2, card.nameAr, { size: 4, face: 'bold', width }),
    leftText(LEFT, 20.4, card.nameEn, { size: 2.75, face: 'medium', width }),
    leftText(LEFT, 24.6, card.identityNumber, { size: 3.1, face: 'bold', colour: COLOURS.accent }),
    rightText(RIGHT, 24.6, arabicIndicDigits(card.identityNumber), { size: 3.3, face: 'bold', colour: COLOURS.accent }),
    ...rowsOf(card).flatMap(drawRow),
    { kind: 'rect', x: MARGIN, y: 48.2, width: RIGHT - MARGIN, height: 0.15, fill: COLOURS.line },
    leftText(MARGIN, 51.2, card.serial, { size: 1.9, face: 'medium', colour: COLOURS.soft, width: 26 }),
    middleText(CARD.width / 2, 51.2, SPECIMEN, { size: 2, face: 'bold', colour: COLOURS.accent }),
    rightText(RIGHT, 51.2, 'تجديد', { size: 2, face: 'medium', colour: COLOURS.soft }),
  ];
}
