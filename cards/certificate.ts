import type { FamilyEvent, FamilyRecord } from '../domain/family/record';
import type { LocalDate } from '../domain/time';
import { datedBoth, PAPER, paperElements, type Paper, type PaperRow, type Words } from './paper';
import { toPng } from './png';

/** What a certificate says, as the register has it. Personal data. */
export interface CertifiedEvent {
  readonly serial: string;
  readonly issuedOn: LocalDate;
  readonly event: FamilyEvent;
  /** What has happened to the entry since. */
  readonly marks: readonly ('corrected' | 'revoked')[];
  readonly people: Readonly<
    Record<string, { readonly nameAr: string; readonly nameEn: string; readonly birthDate: LocalDate }>
  >;
}

const TITLES: Readonly<Record<FamilyEvent['kind'], Words>> = {
  'member-identification': { ar: 'إفادة تعريف فرد من الأسرة', en: 'Family member identification' },
  birth: { ar: 'شهادة ميلاد', en: 'Birth certificate' },
  marriage: { ar: 'شهادة زواج', en: 'Marriage certificate' },
  divorce: { ar: 'شهادة طلاق', en: 'Divorce certificate' },
  death: { ar: 'شهادة وفاة', en: 'Death certificate' },
  'enrolled-parent': { ar: 'إفادة نسب', en: 'Certificate of parentage' },
};

const PARTS = {
  child: { ar: 'المولود', en: 'Child' },
  father: { ar: 'الأب', en: 'Father' },
  mother: { ar: 'الأم', en: 'Mother' },
  husband: { ar: 'الزوج', en: 'Husband' },
  wife: { ar: 'الزوجة', en: 'Wife' },
  person: { ar: 'المتوفى', en: 'The deceased' },
  member: { ar: 'الفرد', en: 'Member' },
  guardian: { ar: 'المعرِّف', en: 'Identified by' },
  parent: { ar: 'الوالد', en: 'Parent' },
} as const satisfies Record<string, Words>;

const MARKS = {
  corrected: { ar: 'صُحِّح القيد بعد إصدار هذه الوثيقة', en: 'The entry was corrected after this was issued' },
  revoked: { ar: 'أُلغي القيد', en: 'The entry was revoked' },
} as const;

type Named = CertifiedEvent['people'];

const UNKNOWN: Words = { ar: '—', en: '—' };
const nameOf = (people: Named, person: string): Words => {
  const known = people[person];
  return known ? { ar: known.nameAr, en: known.nameEn } : UNKNOWN;
};

function rowsOf({ event, people }: CertifiedEvent): PaperRow[] {
  const parts = Object.entries(PARTS).flatMap(([part, label]) => {
    const person = (event as unknown as Record<string, unknown>)[part];
    return typeof person === 'string' ? [{ label, value: nameOf(people, person) }] : [];
  });
  return [...parts, { label: { ar: 'تاريخ الواقعة', en: 'Date of the event' }, value: datedBoth(event.on) }];
}

/** What the QR code of a certificate says; whoever reads it asks whether the certificate still holds. No name is in it. */
export const certificateClaims = ({ serial, event, issuedOn }: CertifiedEvent): Readonly<Record<string, unknown>> => ({
  serial,
  event: event.kind,
  on: event.on,
  issuedOn,
});

function certificatePaper(record: CertifiedEvent, qr: string): Paper {
  const why = record.marks.at(-1);
  return {
    title: TITLES[record.event.kind],
    number: record.serial,
    issuedOn: record.issuedOn,
    rows: rowsOf(record),
    qr,
    ...(why ? { mark: MARKS[why] } : {}),
  };
}

export interface RenderedPaper {
  readonly png: Buffer;
  readonly pdf: Buffer;
}

/** The library that writes PDF is loaded with the first paper. */
async function render(paper: Paper): Promise<RenderedPaper> {
  const elements = paperElements(paper);
  const { toPdf } = await import('./pdf');
  const [png, pdf] = await Promise.all([toPng(elements, PAPER), toPdf([elements], PAPER)]);
  return { png, pdf };
}

/** @param qr the signed text of the code: a JWS over `certificateClaims` */
export const renderCertificate = (record: CertifiedEvent, qr: string): Promise<RenderedPaper> =>
  render(certificatePaper(record, qr));

const RELATIONS = {
  head: { ar: 'رب الأسرة', en: 'Head of the family' },
  spouse: { ar: 'الزوجة', en: 'Wife' },
  child: { ar: 'الابن أو الابنة', en: 'Child' },
} as const;

/** A family record as it stands on a day: the head, spouses in force, and children with their days of birth. */
export function renderFamilyRecord(
  {
    head,
    record,
    people,
    on,
  }: { readonly head: string; readonly record: FamilyRecord; readonly people: Named; readonly on: LocalDate },
  number: string,
  qr: string,
): Promise<RenderedPaper> {
  const spouses = record.links
    .filter((link) => link.kind === 'spouse' && link.person === head && (link.to === undefined || link.to > on))
    .map(({ relative }) => relative);
  const children = record.links
    .filter((link) => (link.kind === 'father' || link.kind === 'mother') && link.relative === head)
    .map(({ person }) => person);
  const row = (label: Words, person: string): PaperRow => {
    const { ar, en } = nameOf(people, person);
    const born = people[person]?.birthDate.replaceAll('-', '/');
    return { label, value: born ? { ar: `${ar}، ${born}`, en: `${en}, ${born}` } : { ar, en } };
  };
  const rows = [
    row(RELATIONS.head, head),
    ...spouses.map((person) => row(RELATIONS.spouse, person)),
    ...children.map((person) => row(RELATIONS.child, person)),
  ];
  return render({ title: { ar: 'سجل الأسرة', en: 'Family record' }, number, issuedOn: on, rows, qr });
}
