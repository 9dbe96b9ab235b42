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
  /** Of a birth; absent of a child who was erased. */
  readonly child?: {
    readonly number: string;
    readonly sex: 'M' | 'F';
    readonly birthPlaceAr: string;
    readonly birthPlaceEn: string;
  };
}

const TITLES: Readonly<Record<FamilyEvent['kind'], Words>> = {
  'member-identification': { ar: 'إفادة تعريف فرد من الأسرة', en: 'Family member identification' },
  birth: { ar: 'شهادة ميلاد', en: 'Birth certificate' },
  marriage: { ar: 'شهادة زواج', en: 'Marriage certificate' },
  divorce: { ar: 'شهادة طلاق', en: 'Divorce certificate' },
  death: { ar: 'شهادة وفاة', en: 'Death certificate' },
  'enrolled-parent': { ar: 'إفادة نسب', en: 'Certificate of parentage' },
};

export const certificateTitle = ({ event }: Pick<CertifiedEvent, 'event'>): Words => TITLES[event.kind];

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

const SEXES = { M: { ar: 'ذكر', en: 'Male' }, F: { ar: 'أنثى', en: 'Female' } } as const satisfies Record<
  string,
  Words
>;

/** What a birth certificate says of the child itself. */
const childRows = ({ number, sex, birthPlaceAr, birthPlaceEn }: NonNullable<CertifiedEvent['child']>): PaperRow[] => [
  { label: { ar: 'رقم هوية المولود', en: "Child's identity number" }, value: { ar: number, en: number } },
  { label: { ar: 'الجنس', en: 'Sex' }, value: SEXES[sex] },
  { label: { ar: 'مكان الميلاد', en: 'Place of birth' }, value: { ar: birthPlaceAr, en: birthPlaceEn } },
];

/** Names and dates of the parties, and the day: what the paper says, and the answer that is no paper. */
export function certificateRows({ event, people, child }: CertifiedEvent): PaperRow[] {
  const parts = Object.entries(PARTS).flatMap(([part, label]) => {
    const person = (event as unknown as Record<string, unknown>)[part];
    return typeof person === 'string' ? [{ label, value: nameOf(people, person) }] : [];
  });
  const [first, ...others] = parts;
  const named = first && child ? [first, ...childRows(child), ...others] : parts;
  return [...named, { label: { ar: 'تاريخ الواقعة', en: 'Date of the event' }, value: datedBoth(event.on) }];
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
    title: certificateTitle(record),
    number: record.serial,
    issuedOn: record.issuedOn,
    rows: certificateRows(record),
    qr,
    ...(why ? { mark: MARKS[why] } : {}),
  };
}

export interface RenderedPaper {
  readonly png: Buffer;
  readonly pdf: Buffer;
}

/** The library that writes PDF is loaded with the first paper. */
async function pdfOf(paper: Paper): Promise<Buffer> {
  const { toPdf } = await import('./pdf');
  return toPdf([paperElements(paper)], PAPER);
}

async function render(paper: Paper): Promise<RenderedPaper> {
  const [png, pdf] = await Promise.all([toPng(paperElements(paper), PAPER), pdfOf(paper)]);
  return { png, pdf };
}

/** @param qr the signed text of the code: a JWS over `certificateClaims` */
export const renderCertificate = (record: CertifiedEvent, qr: string): Promise<RenderedPaper> =>
  render(certificatePaper(record, qr));

/** The page alone, for whoever asked for it: a picture of it would take longer than all the rest. */
export const certificatePdf = (record: CertifiedEvent, qr: string): Promise<Buffer> =>
  pdfOf(certificatePaper(record, qr));

type Sex = 'M' | 'F';

const WIFE: Words = { ar: 'الزوجة', en: 'Wife' };
const RELATIONS = {
  head: { M: { ar: 'رب الأسرة', en: 'Head of the family' }, F: { ar: 'ربة الأسرة', en: 'Head of the family' } },
  spouse: { M: WIFE, F: WIFE },
  child: { M: { ar: 'الابن', en: 'Son' }, F: { ar: 'الابنة', en: 'Daughter' } },
} as const satisfies Record<string, Record<Sex, Words>>;

export interface FamilyRecordOn {
  readonly head: string;
  readonly record: FamilyRecord;
  /** Whoever was erased is not among them. */
  readonly people: Readonly<Record<string, Named[string] & { readonly sex: Sex }>>;
  readonly on: LocalDate;
}

export const FAMILY_RECORD_TITLE: Words = { ar: 'سجل الأسرة', en: 'Family record' };

/** Those who stand in a record on its day: the head, spouses in force and those whom death parted, and children. */
export function familyRecordMembers({
  head,
  record,
  on,
}: Omit<FamilyRecordOn, 'people'>): { readonly person: string; readonly relation: keyof typeof RELATIONS }[] {
  const diedOn = (person: string): LocalDate | undefined => record.people[person]?.diedOn;
  const spouses = record.links
    .filter(
      ({ kind, person, relative, to }) =>
        kind === 'spouse' &&
        person === head &&
        (to === undefined || to > on || to === diedOn(head) || to === diedOn(relative)),
    )
    .map(({ relative }) => relative);
  const children = record.links
    .filter((link) => (link.kind === 'father' || link.kind === 'mother') && link.relative === head)
    .map(({ person }) => person);
  return [
    { person: head, relation: 'head' },
    ...spouses.map((person) => ({ person, relation: 'spouse' as const })),
    ...children.map((person) => ({ person, relation: 'child' as const })),
  ];
}

/** The children stand by age, whatever the order in which they were registered. */
export function familyRecordRows(asked: FamilyRecordOn): PaperRow[] {
  const bornOn = (person: string): string => asked.people[person]?.birthDate ?? '';
  const members = familyRecordMembers(asked);
  const children = members
    .filter(({ relation }) => relation === 'child')
    .sort((a, b) => bornOn(a.person).localeCompare(bornOn(b.person)));
  return [...members.filter(({ relation }) => relation !== 'child'), ...children].map(({ person, relation }) => {
    const { ar, en } = nameOf(asked.people, person);
    const born = asked.people[person]?.birthDate.replaceAll('-', '/');
    const died = asked.record.people[person]?.diedOn;
    const says = [
      ...(born ? [{ ar: born, en: born }] : []),
      ...(died !== undefined && died <= asked.on
        ? [{ ar: `الوفاة ${died.replaceAll('-', '/')}`, en: `died ${died.replaceAll('-', '/')}` }]
        : []),
    ];
    return {
      label: RELATIONS[relation][asked.people[person]?.sex ?? 'M'],
      value: {
        ar: [ar, ...says.map((each) => each.ar)].join('، '),
        en: [en, ...says.map((each) => each.en)].join(', '),
      },
    };
  });
}

const familyRecordPaper = (asked: FamilyRecordOn, number: string, qr: string): Paper => ({
  title: FAMILY_RECORD_TITLE,
  number,
  issuedOn: asked.on,
  rows: familyRecordRows(asked),
  qr,
});

/** A family record as it stands on a day: the head, spouses in force, and children with their days of birth. */
export const renderFamilyRecord = (asked: FamilyRecordOn, number: string, qr: string): Promise<RenderedPaper> =>
  render(familyRecordPaper(asked, number, qr));

export const familyRecordPdf = (asked: FamilyRecordOn, number: string, qr: string): Promise<Buffer> =>
  pdfOf(familyRecordPaper(asked, number, qr));
