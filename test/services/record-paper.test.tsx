import { isValidElement, type ReactElement, type ReactNode } from 'react';
import { recordPaper, type RecordPaper } from '../../papers/record';

/** Every text of a paper, in order, as it is laid out and before it is drawn. */
function textsIn(node: ReactNode): string[] {
  if (typeof node === 'string' || typeof node === 'number') return [String(node)];
  if (Array.isArray(node)) return node.flatMap((each: ReactNode) => textsIn(each));
  if (!isValidElement(node)) return [];
  const { type, props } = node as ReactElement<{ children?: ReactNode }>;
  return typeof type === 'function' ? textsIn((type as (given: object) => ReactNode)(props)) : textsIn(props.children);
}

const record: RecordPaper = {
  at: '2026-11-26T09:00:00.000Z',
  identity: {
    number: '1000000008',
    nameAr: 'محمد بن عبدالله الأحمد',
    nameEn: 'Mohammed Alahmad',
    sex: 'M',
    birthDate: '1990-01-01',
    birthPlaceAr: 'الرياض',
    birthPlaceEn: 'Riyadh',
    nationality: 'SAU',
    diedOn: null,
  },
  phone: '+966500000000',
  address: { ar: 'شارع، حي', en: 'Street, District' },
  cards: [],
  family: [
    {
      relation: { ar: 'الزوج / الزوجة', en: 'Spouse' },
      nameAr: 'نورة',
      nameEn: 'Noura',
      birthDate: '1992-02-02',
      to: '2025-05-05',
    },
    { relation: { ar: 'الأب', en: 'Father' }, nameAr: 'سعد', nameEn: 'Saad', birthDate: '1960-01-01', to: null },
  ],
  cases: [],
  accesses: [
    {
      at: '2026-11-25T09:00:00.000Z',
      times: 3,
      service: 'my-data',
      what: { ar: 'اطلاع على السجل', en: 'Read the record' },
      client: { ar: 'أبشر أفراد', en: 'Absher Individuals' },
    },
  ],
  more: { cases: false, accesses: true, entries: false },
};
const entries = [
  {
    text: { ar: 'إدراج في السجل المدني', en: 'Entered in the register' },
    effectiveOn: '2026-01-01',
    recordedAt: '2026-01-01T00:00:00.000Z',
    caseId: null,
  },
];

test.each([
  {
    language: 'ar' as const,
    shown: ['سعودية', 'شارع، حي', 'الزوج / الزوجة (حتى 2025-05-05)', 'الأب', 'اطلاع على السجل ×3'],
    title: ['بياناتي', 'بياناتي المطورة'],
    entry: 'إدراج في السجل المدني',
    more: ['وهناك طلبات أخرى غير هذه.', 'وهناك عمليات أقدم من هذه.', 'وهناك قيود أقدم من هذه.'],
  },
  {
    language: 'en' as const,
    shown: ['Saudi', 'Street, District', 'Spouse (until 2025-05-05)', 'Father', 'Read the record ×3'],
    title: ['My Data', 'Enhanced My Data'],
    entry: 'Entered in the register',
    more: [
      'There are more cases than these.',
      'There were earlier ones than these.',
      'There are earlier entries than these.',
    ],
  },
])('what stands on the record: $language', ({ language, shown, title, entry, more }) => {
  const brief = textsIn(recordPaper(record, language));
  expect(brief).toEqual(expect.arrayContaining([...shown, title[0]]));
  for (const code of ['SAU', 'Spouse', 'الزوج / الزوجة', entry]) expect(brief).not.toContain(code);
  if (language === 'en') expect(brief.join('')).not.toContain('،');

  const detail = textsIn(recordPaper({ ...record, entries }, language));
  expect(detail).toEqual(expect.arrayContaining([title[1], entry]));

  const cut = { cases: true, accesses: true, entries: true };
  for (const [given, said] of [
    [{ ...record, entries, more: cut }, more],
    [{ ...record, more: { ...cut, entries: false } }, more.slice(0, 2)],
    [{ ...record, entries }, more.slice(1, 2)],
    [{ ...record, entries, more: { ...cut, cases: false, accesses: false } }, more.slice(2)],
  ] as const)
    expect(textsIn(recordPaper(given, language)).filter((text) => more.includes(text))).toEqual(said);
});

test('of somebody who has died the record says when', () => {
  const { identity } = record;
  const texts = textsIn(recordPaper({ ...record, identity: { ...identity, diedOn: '2026-02-03' } }, 'en'));
  expect(texts).toContain('Date of death');
  expect(textsIn(recordPaper(record, 'en'))).not.toContain('Date of death');
});
