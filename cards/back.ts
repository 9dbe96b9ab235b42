import type { CardPersonalisation } from '../adapters/card-bureau/port';
import { arabicIndicDigits, formatHijri, toHijri } from '../domain/calendar/hijri';
import type { LocalDate } from '../domain/time';
import { COLOURS, ground, leftText, MARGIN, middleText, rightText, SPECIMEN, specimen, star } from './design';
import { CARD, type Element } from './elements';
import { mrzLines, splitName } from './mrz';
import { qrCode } from './qr';

const RIGHT = CARD.width - MARGIN;
const QR = { x: MARGIN, y: 4.4, side: 23 } as const;
const LEFT = QR.x + QR.side + 3;
/** ICAO Doc 9303: ten characters an inch, six lines an inch, in the lowest 23.2 mm. */
const MRZ = { pitch: 2.54, size: 3.5, line: 4.233, height: 21.4, last: 47.9 } as const;

export function mrzOf(card: CardPersonalisation): readonly [string, string, string] {
  return mrzLines({
    documentCode: card.documentType === 'national-id' ? 'ID' : 'IR',
    issuer: 'SAU',
    documentNumber: card.serial,
    optionalData: card.identityNumber,
    birthDate: card.birthDate,
    sex: card.sex,
    expiresOn: card.expiresOn,
    nationality: card.nationality,
    ...splitName(card.nameEn),
  });
}

function dateRows(label: { ar: string; en: string }, date: LocalDate, y: number): Element[] {
  const hijri = toHijri(date);
  const width = (RIGHT - LEFT) / 2 - 0.5;
  const small = { size: 1.6, colour: COLOURS.soft, width };
  const value = { size: 2.2, face: 'medium', width } as const;
  return [
    leftText(LEFT, y, label.en, small),
    rightText(RIGHT, y, label.ar, { ...small, size: 1.8 }),
    leftText(LEFT, y + 2.6, date, value),
    rightText(RIGHT, y + 2.6, `${arabicIndicDigits(date.replaceAll('-', '/'))} م`, value),
    leftText(LEFT, y + 5.2, formatHijri(hijri, 'en'), { ...value, face: 'regular' }),
    rightText(RIGHT, y + 5.2, formatHijri(hijri, 'ar', 'arabic-indic'), { ...value, face: 'regular' }),
  ];
}

/** Each character in a place of its own: a reader counts on the pitch, and the font has kerning. */
function mrzLine(line: string, y: number): Element[] {
  const from = (CARD.width - line.length * MRZ.pitch) / 2 + MRZ.pitch / 2;
  return [...line].map((char, i) =>
    middleText(from + i * MRZ.pitch, y, char, { size: MRZ.size, face: 'ocr', colour: '#000000' }),
  );
}

/** The side for machines: QR and MRZ, and the dates in both calendars. */
export function backElements(card: CardPersonalisation, qrPayload: string): readonly Element[] {
  const qr = qrCode(qrPayload);
  const quiet = 4;
  const scale = QR.side / (qr.size + 2 * quiet);
  return [
    ...ground,
    specimen(27, 8, -16),
    { kind: 'rect', x: QR.x, y: QR.y, width: QR.side, height: QR.side, radius: 0.8, fill: COLOURS.white },
    { kind: 'path', d: qr.path, x: QR.x + quiet * scale, y: QR.y + quiet * scale, scale, fill: COLOURS.ink },
    ...dateRows({ ar: 'تاريخ الإصدار', en: 'Date of issue' }, card.issuedOn, 6),
    ...dateRows({ ar: 'تاريخ الانتهاء', en: 'Date of expiry' }, card.expiresOn, 14.6),
    { kind: 'rect', x: LEFT, y: 21.6, width: RIGHT - LEFT, height: 0.15, fill: COLOURS.line },
    leftText(LEFT, 24.2, `No. ${card.serial}`, { size: 1.9, face: 'medium', width: 22 }),
    rightText(RIGHT, 24.2, 'هذه البطاقة نموذج ولا يعتد بها', { size: 1.8, colour: COLOURS.soft, width: 28 }),
    leftText(LEFT, 27, SPECIMEN, { size: 1.9, face: 'bold', colour: COLOURS.accent }),
    rightText(RIGHT, 27, 'A specimen: it proves nothing.', { size: 1.6, colour: COLOURS.soft, width: 30 }),
    {
      kind: 'rect',
      x: 0,
      y: CARD.height - MRZ.height,
      width: CARD.width,
      height: MRZ.height,
      fill: COLOURS.white,
    },
    { kind: 'rect', x: 0, y: CARD.height - MRZ.height, width: CARD.width, height: 0.3, fill: COLOURS.accent },
    ...mrzOf(card).flatMap((line, i) => mrzLine(line, MRZ.last - (2 - i) * MRZ.line)),
    star(CARD.width / 2, CARD.height - 2.6, 1.8, COLOURS.line),
  ];
}
