import { renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import type { Bilingual } from '../domain/refusal';
import { beneficiaryTexts, channelTexts, serviceTexts } from '../domain/services/catalogue';
import type { Month } from '../domain/services/month';
import type { Compared, Statement } from '../domain/services/statement';
import { across, GREEN, Paper, run, Section, Table, wordIn, type Language } from './page';
import { ISSUER_NAME, numberText } from './words';

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

const monthText = (month: Month, language: Language): string =>
  `${MONTHS[language][Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}${language === 'ar' ? 'م' : ''}`;

const words = {
  issuer: ISSUER_NAME,
  title: { ar: 'البيان الشهري للخدمات الإلكترونية', en: 'Monthly statement of electronic services' },
  subtitle: { ar: 'إحصاءات الخدمات المقدمة للمستفيدين خلال شهر', en: 'Services provided to beneficiaries during' },
  soFar: {
    ar: 'الشهر لم ينتهِ بعد، والأرقام حتى تاريخ الإصدار',
    en: 'the month is not over: figures up to the time of issue',
  },
  foot: {
    ar: 'أُعدّ هذا البيان من سجلات النظام مباشرة، ويمكن إعادة استخراجه منها بالأرقام نفسها. المقارنة مع الشهر السابق.',
    en: "Drawn directly from the system's logs, from which it can be made again with the same figures. Compared with the month before.",
  },
  transactions: { ar: 'إجمالي العمليات', en: 'Transactions in all' },
  timeToCard: { ar: 'المدة من الطلب إلى تسليم البطاقة', en: 'From application to card' },
  straight: { ar: 'أُنجزت دون تدخل بشري', en: 'Completed without a human' },
  fines: { ar: 'غرامات جنّبتها التذكيرات', en: 'Fines avoided by reminders' },
  satisfaction: { ar: 'رضا المستفيدين', en: 'Satisfaction' },
  byService: { ar: 'العمليات حسب الخدمة', en: 'By service' },
  byChannel: { ar: 'حسب القناة', en: 'By channel' },
  byBeneficiary: { ar: 'حسب المستفيد', en: 'By beneficiary' },
  service: { ar: 'الخدمة', en: 'Service' },
  channel: { ar: 'القناة', en: 'Channel' },
  beneficiary: { ar: 'المستفيد', en: 'Beneficiary' },
  count: { ar: 'العدد', en: 'Count' },
  before: { ar: 'الشهر السابق', en: 'Month before' },
  change: { ar: 'التغير', en: 'Change' },
  total: { ar: 'الإجمالي', en: 'Total' },
  none: { ar: 'لا توجد عمليات', en: 'None' },
  noData: { ar: 'لا توجد بيانات', en: 'No data' },
} as const satisfies Record<string, Bilingual>;

const named = (texts: Readonly<Record<string, Bilingual>>, code: string): Bilingual =>
  texts[code] ?? { ar: code, en: code };

const changeText = ({ change }: Compared): string =>
  change === null ? '—' : `${change > 0 ? '+' : ''}${change.toFixed(1)}%`;

const figures = (compared: Compared): string[] => [
  numberText(compared.count),
  numberText(compared.before),
  changeText(compared),
];

const duration = (hours: number | null, language: Language): string => {
  if (hours === null) return '—';
  if (hours >= 48) return language === 'ar' ? `${(hours / 24).toFixed(1)} يومًا` : `${(hours / 24).toFixed(1)} days`;
  return language === 'ar' ? `${hours.toFixed(1)} ساعة` : `${hours.toFixed(1)} hours`;
};

const style = StyleSheet.create({
  tiles: { justifyContent: 'space-between', marginBottom: 2 },
  tile: { width: '19%', borderWidth: 0.8, borderColor: '#d5ddd8', borderRadius: 4, padding: 7, minHeight: 62 },
  label: { fontSize: 7.5, color: '#5b6660', minHeight: 25 },
  value: { fontSize: 13, fontWeight: 700, color: GREEN },
  note: { fontSize: 7, color: '#5b6660', marginTop: 2 },
});

interface TileText {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

function Tile({ language, label, value, note }: TileText & { readonly language: Language }) {
  const textAlign = language === 'ar' ? 'right' : 'left';
  return (
    <View style={style.tile}>
      <Text style={[style.label, { textAlign }, run(label)]}>{label}</Text>
      <Text style={[style.value, { textAlign }, run(value)]}>{value}</Text>
      <Text style={[style.note, { textAlign }, run(note)]}>{note}</Text>
    </View>
  );
}

function tilesOf(statement: Statement, language: Language): TileText[] {
  const w = wordIn(language);
  const ar = language === 'ar';
  const { total, timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const riyals = numberText(finesAvoided.amount.halalas / 100);
  return [
    {
      label: w(words.transactions),
      value: numberText(total.count),
      note: total.change === null ? w(words.before) + ': —' : `${w(words.change)}: ${changeText(total)}`,
    },
    {
      label: w(words.timeToCard),
      value: duration(timeToCard.p50Hours, language),
      note:
        timeToCard.p90Hours === null
          ? w(words.noData)
          : ar
            ? `9 من كل 10 خلال ${duration(timeToCard.p90Hours, language)}`
            : `9 in 10 within ${duration(timeToCard.p90Hours, language)}`,
    },
    {
      label: w(words.straight),
      value: straightThrough.share === null ? '—' : `${straightThrough.share.toFixed(1)}%`,
      note: ar
        ? `من ${numberText(straightThrough.completed)} طلب مكتمل`
        : `of ${numberText(straightThrough.completed)} completed cases`,
    },
    {
      label: w(words.fines),
      value: ar ? `${riyals} ريال` : `SAR ${riyals}`,
      note: ar
        ? `${numberText(finesAvoided.renewals)} تجديد في موعده بعد تذكير`
        : `${numberText(finesAvoided.renewals)} renewed in time after a reminder`,
    },
    {
      label: w(words.satisfaction),
      value:
        satisfaction.mean === null
          ? '—'
          : ar
            ? `${satisfaction.mean.toFixed(2)} من 5`
            : `${satisfaction.mean.toFixed(2)} of 5`,
      note: ar ? `${numberText(satisfaction.answers)} تقييم` : `${numberText(satisfaction.answers)} answers`,
    },
  ];
}

/** One page, worded as an agency would publish it. */
export function statementPdf(statement: Statement, language: Language): Promise<Buffer> {
  const w = wordIn(language);
  const columns = (first: string) => [
    { title: first, width: 49 },
    { title: w(words.count), width: 17, number: true },
    { title: w(words.before), width: 19, number: true },
    { title: w(words.change), width: 15, number: true },
  ];
  const none = w(words.none);
  const subtitle = `${w(words.subtitle)} ${monthText(statement.month, language)}${statement.complete ? '' : ` · ${w(words.soFar)}`}`;
  return renderToBuffer(
    <Paper language={language} issuer={w(words.issuer)} title={w(words.title)} subtitle={subtitle} foot={w(words.foot)}>
      <View style={[style.tiles, { flexDirection: across(language) }]}>
        {tilesOf(statement, language).map((tile) => (
          <Tile key={tile.label} language={language} {...tile} />
        ))}
      </View>
      <Section language={language} title={w(words.byService)} />
      <Table
        language={language}
        none={none}
        totals={1}
        columns={columns(w(words.service))}
        rows={[
          ...statement.byService.map((each) => [w(named(serviceTexts, each.service)), ...figures(each)]),
          [w(words.total), ...figures(statement.total)],
        ]}
      />
      <Section language={language} title={w(words.byChannel)} />
      <Table
        language={language}
        none={none}
        columns={columns(w(words.channel))}
        rows={statement.byChannel.map((each) => [w(named(channelTexts, each.channel)), ...figures(each)])}
      />
      <Section language={language} title={w(words.byBeneficiary)} />
      <Table
        language={language}
        none={none}
        columns={columns(w(words.beneficiary))}
        rows={statement.byBeneficiary.map((each) => [w(named(beneficiaryTexts, each.beneficiary)), ...figures(each)])}
      />
    </Paper>,
  );
}
