import { StyleSheet, Text, View } from '@react-pdf/renderer';
import type { Bilingual } from '../domain/refusal';
import { beneficiaryTexts, channelTexts, serviceTexts } from '../domain/services/catalogue';
import { sum, type Compared, type Statement } from '../domain/services/statement';
import { across, GREEN, Paper, paperPdf, run, Section, Table, wordIn, type Language } from './page';
import { durationText, monthText, statementLead } from './statement-lead';
import { ISSUER_NAME, named, numberText } from './words';

const words = {
  issuer: ISSUER_NAME,
  title: { ar: 'البيان الشهري للخدمات الإلكترونية', en: 'Monthly statement of electronic services' },
  subtitle: { ar: 'شهر', en: 'Month of' },
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
  previous: { ar: 'الشهر السابق', en: 'Previous' },
  change: { ar: 'التغير', en: 'Change' },
  up: { ar: 'بزيادة نسبتها', en: 'up' },
  down: { ar: 'بانخفاض نسبته', en: 'down' },
  unchanged: { ar: 'دون تغيّر', en: 'unchanged' },
  total: { ar: 'الإجمالي', en: 'Total' },
  others: { ar: 'خدمات أخرى', en: 'Other services' },
  none: { ar: 'لا توجد عمليات', en: 'None' },
  noData: { ar: 'لا توجد بيانات', en: 'No data' },
} as const satisfies Record<string, Bilingual>;

const changeText = ({ change }: Compared): string =>
  change === null ? '—' : `${change > 0 ? '+' : ''}${change.toFixed(1)}%`;

/** In words: a sign before a number goes astray in a line that runs from the right. */
function risen({ change }: Compared, language: Language): string {
  if (change === null) return '—';
  if (change === 0) return words.unchanged[language];
  return `${words[change > 0 ? 'up' : 'down'][language]} ${Math.abs(change).toFixed(1)}%`;
}

const figures = (compared: Compared): string[] => [
  numberText(compared.count),
  numberText(compared.before),
  changeText(compared),
];

const GREY = '#5b6660';

const style = StyleSheet.create({
  lead: {
    fontSize: 9.5,
    lineHeight: 1.55,
    marginBottom: 11,
    paddingHorizontal: 11,
    paddingVertical: 8,
    backgroundColor: '#f2f6f4',
    borderRadius: 4,
  },
  tiles: { justifyContent: 'space-between', marginBottom: 4 },
  tile: { width: '19%', borderWidth: 0.8, borderColor: '#d5ddd8', borderRadius: 4, padding: 7 },
  label: { fontSize: 7.5, color: GREY, minHeight: 24 },
  value: { fontSize: 13, fontWeight: 700, color: GREEN },
  note: { fontSize: 7, color: GREY, marginTop: 2, minHeight: 20 },
  before: { fontSize: 7, color: GREY, borderTopWidth: 0.6, borderTopColor: '#d5ddd8', paddingTop: 4, marginTop: 3 },
  beside: { justifyContent: 'space-between' },
  half: { width: '48.5%' },
});

interface TileText {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  /** The value of the month before. */
  readonly before: string;
}

function Tile({ language, label, value, note, before }: TileText & { readonly language: Language }) {
  const textAlign = language === 'ar' ? 'right' : 'left';
  const than = `${words.previous[language]}: ${before}`;
  return (
    <View style={style.tile}>
      <Text style={[style.label, { textAlign }, run(label)]}>{label}</Text>
      <Text style={[style.value, { textAlign }, run(value)]}>{value}</Text>
      <Text style={[style.note, { textAlign }, run(note)]}>{note}</Text>
      <Text style={[style.before, { textAlign }, run(than)]}>{than}</Text>
    </View>
  );
}

/** Each number beside that of the month before. */
function tilesOf(statement: Statement, language: Language): TileText[] {
  const w = wordIn(language);
  const ar = language === 'ar';
  const { total, timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const riyals = ({ halalas }: { readonly halalas: number }): string =>
    ar ? `${numberText(halalas / 100)} ريال` : `SAR ${numberText(halalas / 100)}`;
  const percent = (share: number | null): string => (share === null ? '—' : `${share.toFixed(1)}%`);
  const of5 = (mean: number | null): string =>
    mean === null ? '—' : ar ? `${mean.toFixed(2)} من 5` : `${mean.toFixed(2)} of 5`;
  return [
    {
      label: w(words.transactions),
      value: numberText(total.count),
      note: risen(total, language),
      before: numberText(total.before),
    },
    {
      label: w(words.timeToCard),
      value: durationText(timeToCard.p50Hours, language),
      note:
        timeToCard.p90Hours === null
          ? w(words.noData)
          : ar
            ? `9 من كل 10 خلال ${durationText(timeToCard.p90Hours, language)}`
            : `9 in 10 within ${durationText(timeToCard.p90Hours, language)}`,
      before: durationText(timeToCard.before.p50Hours, language),
    },
    {
      label: w(words.straight),
      value: percent(straightThrough.share),
      note: ar
        ? `من الطلبات المكتملة وعددها ${numberText(straightThrough.completed)}`
        : `of ${numberText(straightThrough.completed)} completed cases`,
      before: percent(straightThrough.shareBefore),
    },
    {
      label: w(words.fines),
      value: riyals(finesAvoided.amount),
      note: ar
        ? `بطاقات جُدّدت قبل انتهائها: ${numberText(finesAvoided.renewals)}`
        : `cards renewed before expiry: ${numberText(finesAvoided.renewals)}`,
      before: riyals(finesAvoided.before.amount),
    },
    {
      label: w(words.satisfaction),
      value: of5(satisfaction.mean),
      note: ar ? `عدد التقييمات: ${numberText(satisfaction.answers)}` : `answers: ${numberText(satisfaction.answers)}`,
      before: of5(satisfaction.meanBefore),
    },
  ];
}

const MOST_SERVICES = 10;

/** So many that the page holds them: what is left over stands together in the last row. */
function atMost<T extends Compared & { readonly service: string }>(
  rows: readonly T[],
  complete: boolean,
): (Compared & { service: string })[] {
  if (rows.length <= MOST_SERVICES) return [...rows];
  const rest = rows.slice(MOST_SERVICES - 1);
  return [...rows.slice(0, MOST_SERVICES - 1), { service: 'others', ...sum(rest, complete) }];
}

/** One page, worded as an agency would publish it. */
export function statementPdf(statement: Statement, language: Language): Promise<Buffer> {
  const w = wordIn(language);
  const columns = (first: string, [name, count, before, change]: readonly [number, number, number, number]) => [
    { title: first, width: name },
    { title: w(words.count), width: count, number: true },
    { title: w(words.before), width: before, number: true },
    { title: w(words.change), width: change, number: true },
  ];
  const half = [36, 20, 24, 20] as const;
  const none = w(words.none);
  const lead = statementLead(statement, language);
  const subtitle = `${w(words.subtitle)} ${monthText(statement.month, language)}${statement.complete ? '' : ` · ${w(words.soFar)}`}`;
  return paperPdf(
    <Paper language={language} issuer={w(words.issuer)} title={w(words.title)} subtitle={subtitle} foot={w(words.foot)}>
      <Text style={[style.lead, { textAlign: language === 'ar' ? 'right' : 'left' }, run(lead)]}>{lead}</Text>
      <View style={[style.tiles, { flexDirection: across(language) }]}>
        {tilesOf(statement, language).map((tile) => (
          <Tile key={tile.label} language={language} {...tile} />
        ))}
      </View>
      <Section language={language} title={w(words.byService)} />
      <Table
        dense
        language={language}
        none={none}
        totals={1}
        columns={columns(w(words.service), [49, 17, 19, 15])}
        rows={[
          ...atMost(statement.byService, statement.complete).map((each) => [
            w(each.service === 'others' ? words.others : named(serviceTexts, each.service)),
            ...figures(each),
          ]),
          [w(words.total), ...figures(statement.total)],
        ]}
      />
      <View style={[style.beside, { flexDirection: across(language) }]}>
        <View style={style.half}>
          <Section language={language} title={w(words.byChannel)} />
          <Table
            dense
            language={language}
            none={none}
            columns={columns(w(words.channel), half)}
            rows={statement.byChannel.map((each) => [w(named(channelTexts, each.channel)), ...figures(each)])}
          />
        </View>
        <View style={style.half}>
          <Section language={language} title={w(words.byBeneficiary)} />
          <Table
            dense
            language={language}
            none={none}
            columns={columns(w(words.beneficiary), half)}
            rows={statement.byBeneficiary.map((each) => [
              w(named(beneficiaryTexts, each.beneficiary)),
              ...figures(each),
            ])}
          />
        </View>
      </View>
    </Paper>,
  );
}
