import { serviceTexts } from '../domain/services/catalogue';
import type { Month } from '../domain/services/month';
import type { Compared, Statement } from '../domain/services/statement';
import type { Language } from './page';
import { named, numberText } from './words';

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  ar: ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

export const monthText = (month: Month, language: Language): string =>
  `${MONTHS[language][Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}${language === 'ar' ? 'م' : ''}`;

/** What is counted, in the genitive or the accusative, as the numbers of Arabic ask for it. */
interface Forms {
  readonly one: string;
  readonly two: string;
  /** From 3 to 10. */
  readonly few: string;
  /** From 11 to 99. */
  readonly many: string;
  readonly other: string;
}

const TRANSACTIONS: Forms = {
  one: 'عملية واحدة',
  two: 'عمليتين',
  few: 'عمليات',
  many: 'عملية',
  other: 'عملية',
};
const CARDS: Forms = { one: 'بطاقة واحدة', two: 'بطاقتين', few: 'بطاقات', many: 'بطاقة', other: 'بطاقة' };
const RIYALS: Forms = { one: 'ريال واحد', two: 'ريالين', few: 'ريالات', many: 'ريالًا', other: 'ريال' };
const ANSWERS: Forms = { one: 'تقييم واحد', two: 'تقييمين', few: 'تقييمات', many: 'تقييمًا', other: 'تقييم' };
const HOURS: Forms = { one: 'ساعة واحدة', two: 'ساعتين', few: 'ساعات', many: 'ساعة', other: 'ساعة' };
const DAYS: Forms = { one: 'يوم واحد', two: 'يومين', few: 'أيام', many: 'يومًا', other: 'يوم' };

const arabic = new Intl.PluralRules('ar');

function counted(n: number, forms: Forms): string {
  const rule = arabic.select(n);
  if (rule === 'one' || rule === 'two') return forms[rule];
  return `${numberText(n)} ${rule === 'zero' ? forms.other : forms[rule]}`;
}

const several = (n: number, what: string): string => `${numberText(n)} ${what}${n === 1 ? '' : 's'}`;

/** Hours, or days from two on, to one decimal. */
export function durationText(hours: number | null, language: Language): string {
  if (hours === null) return '—';
  const [value, forms, unit] = hours >= 48 ? ([hours / 24, DAYS, 'day'] as const) : ([hours, HOURS, 'hour'] as const);
  const rounded = Math.round(value * 10) / 10;
  return language === 'ar' ? counted(rounded, forms) : several(rounded, unit);
}

const percentText = (percent: number): string => `${Math.abs(percent).toFixed(1)}%`;

const some = <T extends Compared>(counts: readonly T[]): T[] => counts.filter(({ count }) => count > 0);

/** The others stand in the table. */
const MOST_NAMED = 5;

function arabicLead(statement: Statement): string[] {
  const { month, complete, total, timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const when = `${complete ? 'خلال شهر' : 'منذ بداية شهر'} ${monthText(month, 'ar')}`;
  if (total.count === 0) return [`لم تُسجَّل ${when} أي عملية على الخدمات الإلكترونية للأحوال المدنية.`];
  const change = total.change ?? 0;
  const than =
    change === 0
      ? 'وهو عدد عمليات الشهر السابق تقريبًا'
      : `${change > 0 ? 'بزيادة نسبتها' : 'بانخفاض نسبته'} ${percentText(change)} عن الشهر السابق`;
  const [first, ...rest] = some(statement.byService)
    .slice(0, MOST_NAMED)
    .map(({ service, count }) => ({
      name: `«${named(serviceTexts, service).ar}»`,
      count,
    }));
  const people = { citizen: 'للمواطنين', resident: 'للمقيمين', visitor: 'للزوار', unknown: 'لغير محددين' } as const;
  return [
    `نفّذت الأحوال المدنية ${when}، عبر خدماتها الإلكترونية، ${counted(total.count, TRANSACTIONS)} للمواطنين والمقيمين والزوار${total.change === null ? '' : `، ${than}`}.`,
    ...(first
      ? [
          `وجاءت خدمة ${first.name} في المقدمة بعدد ${counted(first.count, TRANSACTIONS)}${rest.length > 0 ? `، تلتها ${rest.map(({ name, count }) => `${name} بعدد ${numberText(count)}`).join('، و')}` : ''}.`,
        ]
      : []),
    `ومن هذه العمليات ${some(statement.byBeneficiary)
      .map(({ beneficiary, count }) => `${numberText(count)} ${people[beneficiary]}`)
      .join('، و')}.`,
    ...(timeToCard.cards > 0
      ? [
          `وجرى تسليم ${counted(timeToCard.cards, CARDS)}، نصفها خلال ${durationText(timeToCard.p50Hours, 'ar')} من تقديم الطلب وتسعة أعشارها خلال ${durationText(timeToCard.p90Hours, 'ar')}.`,
        ]
      : []),
    ...(straightThrough.share === null
      ? []
      : [`وأُنجز ${percentText(straightThrough.share)} من الطلبات المكتملة دون تدخل بشري.`]),
    ...(finesAvoided.renewals > 0
      ? [
          `وأسهمت رسائل التذكير في تجديد ${counted(finesAvoided.renewals, CARDS)} قبل انتهائها، وجنّبت المستفيدين غرامات تأخير بقيمة ${counted(finesAvoided.amount.halalas / 100, RIYALS)}.`,
        ]
      : []),
    ...(satisfaction.mean === null
      ? []
      : [
          `وبلغ متوسط رضا المستفيدين ${satisfaction.mean.toFixed(2)} من 5 وفق ${counted(satisfaction.answers, ANSWERS)}.`,
        ]),
  ];
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

function englishLead(statement: Statement): string[] {
  const { month, complete, total, timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const when = `${complete ? 'In' : 'Since the beginning of'} ${monthText(month, 'en')}`;
  if (total.count === 0) return [`${when}, no transaction was recorded on the electronic services of Civil Affairs.`];
  const change = total.change ?? 0;
  const than =
    change === 0
      ? 'about as many as in the month before'
      : `${percentText(change)} ${change > 0 ? 'more' : 'fewer'} than in the month before`;
  const [first, ...rest] = some(statement.byService)
    .slice(0, MOST_NAMED)
    .map(({ service, count }) => ({
      name: named(serviceTexts, service).en,
      count,
    }));
  const people = { citizen: 'citizens', resident: 'residents', visitor: 'visitors', unknown: 'others' } as const;
  return [
    `${when}, Civil Affairs carried out ${several(total.count, 'transaction')} for citizens, residents and visitors through its electronic services${total.change === null ? '' : `, ${than}`}.`,
    ...(first
      ? [
          `${first.name} led with ${numberText(first.count)}${rest.length > 0 ? `, followed by ${listed(rest.map(({ name, count }) => `${name} (${numberText(count)})`))}` : ''}.`,
        ]
      : []),
    `Of all transactions, ${listed(
      some(statement.byBeneficiary).map(
        ({ beneficiary, count }, i) =>
          `${numberText(count)} ${i > 0 ? '' : count === 1 ? 'was ' : 'were '}for ${people[beneficiary]}`,
      ),
    )}.`,
    ...(timeToCard.cards > 0
      ? [
          `A total of ${several(timeToCard.cards, 'card')} ${timeToCard.cards === 1 ? 'was' : 'were'} handed over, half within ${durationText(timeToCard.p50Hours, 'en')} of the application and nine in ten within ${durationText(timeToCard.p90Hours, 'en')}.`,
        ]
      : []),
    ...(straightThrough.share === null
      ? []
      : [`Of the cases completed, ${percentText(straightThrough.share)} needed no human hand.`]),
    ...(finesAvoided.renewals > 0
      ? [
          `Reminders helped to renew ${several(finesAvoided.renewals, 'card')} before expiry, sparing their holders late fines of SAR ${numberText(finesAvoided.amount.halalas / 100)}.`,
        ]
      : []),
    ...(satisfaction.mean === null
      ? []
      : [
          `Beneficiaries rated the services ${satisfaction.mean.toFixed(2)} of 5 on average, in ${several(satisfaction.answers, 'answer')}.`,
        ]),
  ];
}

/** The month in sentences, as a press line has it; of what there was none, nothing is said. */
export const statementLead = (statement: Statement, language: Language): string =>
  (language === 'ar' ? arabicLead(statement) : englishLead(statement)).join(' ');
