import { arabicIndicDigits, formatHijri, toHijri } from '../domain/calendar/hijri';
import type { LocalDate } from '../domain/time';
import { COLOURS, leftText, rightText, SPECIMEN, star } from './design';
import type { Element, Sheet } from './elements';
import { qrCode } from './qr';

export interface Words {
  readonly ar: string;
  readonly en: string;
}

/** A line of a paper: what it is called, and what it says, in both languages. */
export interface PaperRow {
  readonly label: Words;
  readonly value: Words;
}

export interface Paper {
  readonly title: Words;
  readonly number: string;
  readonly issuedOn: LocalDate;
  readonly rows: readonly PaperRow[];
  /** Why it no longer holds, across the paper. */
  readonly mark?: Words;
  /** The signed text of the QR code. */
  readonly qr: string;
}

/** A5, lying. */
export const PAPER: Sheet = { width: 210, height: 148 };

const MARGIN = 12;
const RIGHT = PAPER.width - MARGIN;
const MIDDLE = PAPER.width / 2;
const QR = 34;
const HEAD = 30;
const FOOT = 44;

/** A date as both calendars have it. */
export function datedBoth(date: LocalDate): Words {
  const hijri = toHijri(date);
  const slashed = date.replaceAll('-', '/');
  return {
    ar: `${arabicIndicDigits(slashed)} م، ${formatHijri(hijri, 'ar', 'arabic-indic')}`,
    en: `${slashed}, ${formatHijri(hijri, 'en')}`,
  };
}

function drawRow({ label, value }: PaperRow, y: number, height: number): Element[] {
  const size = Math.min(4.2, height * 0.5);
  const width = MIDDLE - MARGIN - 4;
  const small = { size: size * 0.62, colour: COLOURS.soft, width };
  const big = { size, face: 'medium', width } as const;
  return [
    leftText(MARGIN, y, label.en, small),
    rightText(RIGHT, y, label.ar, small),
    leftText(MARGIN, y + size * 1.15, value.en, big),
    rightText(RIGHT, y + size * 1.15, value.ar, big),
    { kind: 'rect', x: MARGIN, y: y + height - size * 0.75, width: RIGHT - MARGIN, height: 0.1, fill: COLOURS.line },
  ];
}

function codeOf(payload: string): Element[] {
  const qr = qrCode(payload);
  const quiet = 4;
  const scale = QR / (qr.size + 2 * quiet);
  const [x, y] = [MARGIN, PAPER.height - MARGIN - QR + 4];
  return [
    { kind: 'rect', x, y, width: QR, height: QR, radius: 1, fill: COLOURS.white },
    { kind: 'path', d: qr.path, x: x + quiet * scale, y: y + quiet * scale, scale, fill: COLOURS.ink },
  ];
}

const marked = { size: 4, face: 'bold', colour: COLOURS.accent } as const;

const across = (text: string, y: number, opacity: number): Element => ({
  kind: 'text',
  text,
  anchor: 'middle',
  x: MIDDLE,
  y,
  face: 'bold',
  size: 18,
  colour: COLOURS.accent,
  opacity,
  turn: -14,
});

/** One page: what is certified, line by line in both languages, and a code that says whether it still holds. */
export function paperElements({ title, number, issuedOn, rows, mark, qr }: Paper): readonly Element[] {
  const issued = datedBoth(issuedOn);
  const head = mark ? HEAD + 5 : HEAD;
  const rowHeight = Math.min(13, (PAPER.height - head - FOOT) / Math.max(1, rows.length));
  const textAt = MARGIN + QR + 6;
  return [
    { kind: 'rect', x: 0, y: 0, width: PAPER.width, height: PAPER.height, fill: COLOURS.paper },
    { kind: 'rect', x: 0, y: 0, width: PAPER.width, height: 20, fill: COLOURS.ink },
    leftText(MARGIN, 13, title.en, { size: 6, face: 'medium', colour: COLOURS.white, width: 80 }),
    rightText(RIGHT, 13, title.ar, { size: 7, face: 'bold', colour: COLOURS.white, width: 80 }),
    star(MIDDLE, 10, 8, COLOURS.line),
    across(SPECIMEN, 82, 0.13),
    ...rows.flatMap((row, i) => drawRow(row, head + i * rowHeight, rowHeight)),
    ...codeOf(qr),
    leftText(textAt, 122, `No. ${number}`, { size: 4, face: 'medium' }),
    rightText(RIGHT, 122, 'رقم الوثيقة بجانب الرمز', { size: 3, colour: COLOURS.soft }),
    leftText(textAt, 129, issued.en, { size: 3, colour: COLOURS.soft, width: 62 }),
    rightText(RIGHT, 129, issued.ar, { size: 3, colour: COLOURS.soft, width: 70 }),
    leftText(textAt, 136, 'A specimen: it proves nothing.', { size: 2.8, colour: COLOURS.soft }),
    rightText(RIGHT, 136, 'هذه الوثيقة نموذج ولا يعتد بها', { size: 2.8, colour: COLOURS.soft }),
    ...(mark
      ? [
          leftText(MARGIN, 27, mark.en, { ...marked, width: 88 }),
          rightText(RIGHT, 27, mark.ar, { ...marked, width: 88 }),
        ]
      : []),
  ];
}
