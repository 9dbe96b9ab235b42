import { halalas } from '../../domain/money';
import { serviceTexts } from '../../domain/services/catalogue';
import { statementOf, type MonthNumbers, type TransactionCount } from '../../domain/services/statement';
import { statementPdf } from '../../papers/statement';
import { statementLead } from '../../papers/statement-lead';
import { pdfText } from '../support/pdf-text';

const NONE: MonthNumbers = {
  transactions: [],
  timeToCard: { cards: 0, p50Hours: null, p90Hours: null },
  straightThrough: { completed: 0, withoutHuman: 0 },
  finesAvoided: { renewals: 0, amount: halalas(0) },
  satisfaction: [0, 0, 0, 0, 0],
};
const one = (change: Partial<TransactionCount>): TransactionCount => ({
  service: 'id-renewal',
  channel: 'absher-individuals',
  beneficiary: 'citizen',
  count: 1,
  ...change,
});
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

/** Every service there is and more, in twenty channels, for everybody, with numbers as long as they come. */
const crowded = (times: number): MonthNumbers => {
  const services = [...Object.keys(serviceTexts), ...Array.from({ length: 5 }, (_, i) => `service-to-come-${i}`)];
  const channels = ['absher-individuals', 'absher-business', 'tajdid', 'ministry-of-health', 'social-insurance'];
  const clients = Array.from({ length: 15 }, (_, i) => `portal-of-somebody-${i}`);
  return {
    transactions: services.flatMap((service) =>
      [...channels, ...clients].flatMap((channel) =>
        (['citizen', 'resident', 'visitor', 'unknown'] as const).map((beneficiary) =>
          one({ service, channel, beneficiary, count: 98_765 * times }),
        ),
      ),
    ),
    timeToCard: { cards: 1_234_567, p50Hours: 1_234.56, p90Hours: 2_345.67 },
    straightThrough: { completed: 2_345_678, withoutHuman: 2_345_677 },
    finesAvoided: { renewals: 1_234_567, amount: halalas(123_456_700_00) },
    satisfaction: [1_000, 2_000, 30_000, 400_000, 500_000],
  };
};

test.each(['ar', 'en'] as const)('one page, whatever there was in the month: %s', async (language) => {
  const full = statementOf('2026-10', true, crowded(3), crowded(2));
  expect(full.byService.length).toBeGreaterThan(10);
  expect(pagesOf(await statementPdf(full, language))).toBe(1);
  expect(pagesOf(await statementPdf(statementOf('2026-10', false, NONE, NONE), language))).toBe(1);
});

/** As it stands on the paper, from the left; of words without a ligature, whose letters stand the other way round. */
const onPaper = (arabic: string): string => [...arabic].reverse().join('');

test('what stands on the page: the month in sentences, its numbers beside those before, channels by their names', async () => {
  const full = statementOf('2026-10', true, crowded(3), crowded(2));
  const [ar, en] = [pdfText(await statementPdf(full, 'ar')), pdfText(await statementPdf(full, 'en'))];
  expect(en).toContain(statementLead(full, 'en'));
  for (const text of [
    'Official bodies',
    'Other channels',
    'Other services',
    'Not recorded',
    'Previous: SAR 123,456,700',
  ])
    expect(en).toContain(text);
  for (const text of ['الجهات الرسمية', 'قنوات أخرى', 'خدمات أخرى', 'زائر', 'تجديد الهوية الوطنية'])
    expect(ar).toContain(onPaper(text));
  const numbers = [full.total, ...full.byChannel, ...full.byBeneficiary].flatMap(({ count, before }) => [
    count,
    before,
  ]);
  for (const number of numbers) for (const paper of [ar, en]) expect(paper).toContain(number.toLocaleString('en-US'));
  for (const paper of [ar, en]) expect(paper).not.toMatch(/ministry-of-health|social-insurance|portal-of-somebody/);
});

test('a month that runs is set against no whole one: its numbers stand beside those before, without a change', async () => {
  const running = statementOf('2026-10', false, crowded(1), crowded(2));
  const { total, byService, byChannel, byBeneficiary, lines } = running;
  for (const each of [total, ...byService, ...byChannel, ...byBeneficiary, ...lines]) expect(each.change).toBeNull();
  expect([total.count * 2, statementOf('2026-10', true, crowded(1), crowded(2)).total.change]).toEqual([
    total.before,
    -50,
  ]);
  const paper = pdfText(await statementPdf(running, 'en'));
  expect(paper).toContain('the month is not over');
  expect(paper).not.toMatch(/50\.0%|\bdown\b/);
});

test('official bodies are one channel, clients of no known channel another, in the lines too', () => {
  const { byChannel, lines, total } = statementOf('2026-10', true, crowded(3), crowded(2));
  const services = Object.keys(serviceTexts).length + 5;
  const each = 98_765 * 4 * services;
  expect(byChannel.map(({ channel, count, before }) => [channel, count, before])).toEqual([
    ['others', 15 * 3 * each, 15 * 2 * each],
    ['official-bodies', 2 * 3 * each, 2 * 2 * each],
    ['absher-business', 3 * each, 2 * each],
    ['absher-individuals', 3 * each, 2 * each],
    ['tajdid', 3 * each, 2 * each],
  ]);
  expect(lines).toHaveLength(services * 5 * 4);
  expect(lines.reduce((all, { before }) => all + before, 0)).toBe(total.before);
});

test('a line that only the month before had is there, with nothing now', () => {
  const { lines } = statementOf(
    '2026-10',
    true,
    { ...NONE, transactions: [one({ count: 3 })] },
    { ...NONE, transactions: [one({ count: 2 }), one({ beneficiary: 'visitor', count: 7 })] },
  );
  expect(lines.map(({ beneficiary, count, before, change }) => [beneficiary, count, before, change])).toEqual([
    ['citizen', 3, 2, 50],
    ['visitor', 0, 7, -100],
  ]);
});

describe('in sentences', () => {
  const month = (change: Partial<MonthNumbers> = {}): MonthNumbers => ({
    ...NONE,
    transactions: [
      one({ count: 53_141 }),
      one({ service: 'id-verification', beneficiary: 'resident', count: 84_882 }),
      one({ service: 'my-data', beneficiary: 'visitor', count: 3 }),
    ],
    timeToCard: { cards: 2, p50Hours: 30.24, p90Hours: 72 },
    straightThrough: { completed: 200, withoutHuman: 196 },
    finesAvoided: { renewals: 11, amount: halalas(1_100_00) },
    satisfaction: [0, 0, 0, 1, 2],
    ...change,
  });
  const before: MonthNumbers = { ...NONE, transactions: [one({ count: 150_000 })] };

  test('in English', () => {
    expect(statementLead(statementOf('2026-10', true, month(), before), 'en')).toBe(
      [
        'In October 2026, Civil Affairs carried out 138,026 transactions for citizens, residents and visitors through its electronic services, 8.0% fewer than in the month before.',
        'National ID validity verification led with 84,882, followed by National ID renewal (53,141) and My Data (3).',
        'Of all transactions, 84,882 were for residents, 53,141 for citizens and 3 for visitors.',
        'A total of 2 cards were handed over, half within 30.2 hours of the application and nine in ten within 3 days.',
        'Of the cases completed, 98.0% needed no human hand.',
        'Reminders helped to renew 11 cards before expiry, sparing their holders late fines of SAR 1,100.',
        'Beneficiaries rated the services 4.67 of 5 on average, in 3 answers.',
      ].join(' '),
    );
  });

  test('in Arabic, with the forms that its numbers ask for', () => {
    expect(statementLead(statementOf('2026-10', true, month(), before), 'ar')).toBe(
      [
        'نفّذت الأحوال المدنية خلال شهر أكتوبر 2026م، عبر خدماتها الإلكترونية، 138,026 عملية للمواطنين والمقيمين والزوار، بانخفاض نسبته 8.0% عن الشهر السابق.',
        'وجاءت خدمة «التحقق من صلاحية الهوية الوطنية» في المقدمة بعدد 84,882 عملية، تلتها «تجديد الهوية الوطنية» بعدد 53,141، و«بياناتي» بعدد 3.',
        'ومن هذه العمليات 84,882 للمقيمين، و53,141 للمواطنين، و3 للزوار.',
        'وجرى تسليم بطاقتين، نصفها خلال 30.2 ساعة من تقديم الطلب وتسعة أعشارها خلال 3 أيام.',
        'وأُنجز 98.0% من الطلبات المكتملة دون تدخل بشري.',
        'وأسهمت رسائل التذكير في تجديد 11 بطاقة قبل انتهائها، وجنّبت المستفيدين غرامات تأخير بقيمة 1,100 ريال.',
        'وبلغ متوسط رضا المستفيدين 4.67 من 5 وفق 3 تقييمات.',
      ].join(' '),
    );
  });

  test('a month that runs is set against no whole one, and of what there was none nothing is said', () => {
    const statement = statementOf('2026-11', false, { ...NONE, transactions: [one({ count: 2 })] }, before);
    expect(statementLead(statement, 'ar')).toBe(
      'نفّذت الأحوال المدنية منذ بداية شهر نوفمبر 2026م، عبر خدماتها الإلكترونية، عمليتين للمواطنين والمقيمين والزوار. وجاءت خدمة «تجديد الهوية الوطنية» في المقدمة بعدد عمليتين. ومن هذه العمليات 2 للمواطنين.',
    );
    expect(statementLead(statementOf('2026-11', false, NONE, before), 'en')).toBe(
      'Since the beginning of November 2026, no transaction was recorded on the electronic services of Civil Affairs.',
    );
  });
});
