import { nationalityWords } from '../domain/nationalities';
import { serviceTexts } from '../domain/services/catalogue';
import type { Bilingual } from '../domain/refusal';
import type { Instant, LocalDate } from '../domain/time';
import { Facts, Paper, paperPdf, Remark, Section, Table, wordIn, type Language } from './page';
import { dateText, ISSUER_NAME, named, timeText } from './words';

/** A person's own record, as it stands on paper. Every code is a text by now. */
export interface RecordPaper {
  readonly at: Instant;
  readonly identity: {
    readonly number: string;
    readonly nameAr: string;
    readonly nameEn: string;
    readonly sex: 'M' | 'F';
    readonly birthDate: LocalDate;
    readonly birthPlaceAr: string;
    readonly birthPlaceEn: string;
    readonly nationality: string;
    readonly diedOn: LocalDate | null;
  };
  readonly phone: string;
  readonly address: Bilingual | null;
  readonly cards: readonly {
    serial: string;
    type: Bilingual;
    status: Bilingual;
    issuedOn: LocalDate;
    expiresOn: LocalDate;
  }[];
  readonly family: readonly {
    relation: Bilingual;
    nameAr: string;
    nameEn: string;
    birthDate: LocalDate;
    to: LocalDate | null;
  }[];
  readonly cases: readonly { id: string; type: Bilingual; status: Bilingual; filedAt: Instant }[];
  readonly accesses: readonly { at: Instant; times: number; service: string; what: Bilingual; client: Bilingual }[];
  /** Of which lists there is more than stands here. */
  readonly more: { readonly cases: boolean; readonly accesses: boolean; readonly entries: boolean };
  /** Every entry of the register about the person; absent where no details were asked for. */
  readonly entries?: readonly { text: Bilingual; effectiveOn: LocalDate; recordedAt: Instant; caseId: string | null }[];
}

const words = {
  title: { ar: 'بياناتي', en: 'My Data' },
  titleInDetail: { ar: 'بياناتي المطورة', en: 'Enhanced My Data' },
  subtitle: {
    ar: 'سجل صاحب الهوية كما في السجل المدني بتاريخ',
    en: "The holder's record as kept in the civil register on",
  },
  foot: {
    ar: 'صدر هذا السجل لصاحبه. يحتوي على بيانات شخصية فلا تسلّمه إلا لمن يحق له الاطلاع عليها.',
    en: 'Issued to the person it is about. It holds personal data: give it only to somebody who may see it.',
  },
  identity: { ar: 'الهوية', en: 'Identity' },
  name: { ar: 'الاسم', en: 'Name' },
  nameOther: { ar: 'الاسم بالإنجليزية', en: 'Name in Arabic' },
  number: { ar: 'رقم الهوية', en: 'Identity number' },
  birth: { ar: 'تاريخ الميلاد', en: 'Date of birth' },
  died: { ar: 'تاريخ الوفاة', en: 'Date of death' },
  until: { ar: 'حتى', en: 'until' },
  place: { ar: 'مكان الميلاد', en: 'Place of birth' },
  sex: { ar: 'الجنس', en: 'Sex' },
  nationality: { ar: 'الجنسية', en: 'Nationality' },
  phone: { ar: 'الجوال', en: 'Mobile' },
  address: { ar: 'العنوان الوطني', en: 'National address' },
  cards: { ar: 'بطاقات الهوية', en: 'Identity cards' },
  serial: { ar: 'الرقم التسلسلي', en: 'Serial' },
  type: { ar: 'النوع', en: 'Type' },
  status: { ar: 'الحالة', en: 'Status' },
  issued: { ar: 'الإصدار', en: 'Issued' },
  expires: { ar: 'الانتهاء', en: 'Expires' },
  family: { ar: 'سجل الأسرة', en: 'Family record' },
  relation: { ar: 'الصلة', en: 'Relation' },
  cases: { ar: 'الطلبات', en: 'Cases' },
  caseId: { ar: 'رقم الطلب', en: 'Case' },
  filed: { ar: 'تاريخ التقديم', en: 'Filed' },
  accesses: { ar: 'من اطّلع على بياناتك أو تسلّمها', en: 'Who has looked at or received your data' },
  moreCases: { ar: 'وهناك طلبات أخرى غير هذه.', en: 'There are more cases than these.' },
  moreAccesses: { ar: 'وهناك عمليات أقدم من هذه.', en: 'There were earlier ones than these.' },
  moreEntries: { ar: 'وهناك قيود أقدم من هذه.', en: 'There are earlier entries than these.' },
  entries: { ar: 'قيود السجل المدني', en: 'Entries of the civil register' },
  entry: { ar: 'القيد', en: 'Entry' },
  effective: { ar: 'تاريخ السريان', en: 'Effective' },
  recorded: { ar: 'وقت القيد', en: 'Recorded' },
  when: { ar: 'الوقت', en: 'When' },
  who: { ar: 'الجهة', en: 'By' },
  service: { ar: 'الخدمة', en: 'Service' },
  what: { ar: 'الإجراء', en: 'What' },
  none: { ar: 'لا يوجد', en: 'None' },
  male: { ar: 'ذكر', en: 'Male' },
  female: { ar: 'أنثى', en: 'Female' },
} as const satisfies Record<string, Bilingual>;

export const recordPdf = (record: RecordPaper, language: Language): Promise<Buffer> =>
  paperPdf(recordPaper(record, language));

export function recordPaper(record: RecordPaper, language: Language) {
  const w = wordIn(language);
  const { identity } = record;
  const arabic = language === 'ar';
  const nameOf = (each: { nameAr: string; nameEn: string }): string => (arabic ? each.nameAr : each.nameEn);
  const none = w(words.none);
  /** What has ended stands here with its end: a marriage that was is no marriage. */
  const relationOf = ({ relation, to }: RecordPaper['family'][number]): string =>
    to === null ? w(relation) : `${w(relation)} (${w(words.until)} ${to})`;
  return (
    <Paper
      language={language}
      issuer={w(ISSUER_NAME)}
      title={w(record.entries ? words.titleInDetail : words.title)}
      subtitle={`${w(words.subtitle)} ${timeText(record.at).replaceAll('-', '/')}`}
      foot={w(words.foot)}
    >
      <Section language={language} title={w(words.identity)} />
      <Facts
        language={language}
        facts={[
          [w(words.name), nameOf(identity)],
          [w(words.nameOther), arabic ? identity.nameEn : identity.nameAr],
          [w(words.number), identity.number],
          [w(words.nationality), w(nationalityWords(identity.nationality))],
          [w(words.birth), dateText(identity.birthDate, language)],
          [w(words.place), arabic ? identity.birthPlaceAr : identity.birthPlaceEn],
          [w(words.sex), w(identity.sex === 'M' ? words.male : words.female)],
          [w(words.phone), record.phone],
          ...(identity.diedOn === null ? [] : [[w(words.died), dateText(identity.diedOn, language)] as const]),
        ]}
        last={[w(words.address), record.address ? w(record.address) : none]}
      />
      <Section language={language} title={w(words.cards)} />
      <Table
        language={language}
        none={none}
        columns={[
          { title: w(words.serial), width: 15 },
          { title: w(words.type), width: 19 },
          { title: w(words.status), width: 16 },
          { title: w(words.issued), width: 25 },
          { title: w(words.expires), width: 25 },
        ]}
        rows={record.cards.map(({ serial, type, status, issuedOn, expiresOn }) => [
          serial,
          w(type),
          w(status),
          dateText(issuedOn, language),
          dateText(expiresOn, language),
        ])}
      />
      <Section language={language} title={w(words.family)} />
      <Table
        language={language}
        none={none}
        columns={[
          { title: w(words.relation), width: 26 },
          { title: w(words.name), width: 40 },
          { title: w(words.birth), width: 34 },
        ]}
        rows={record.family.map((each) => [relationOf(each), nameOf(each), dateText(each.birthDate, language)])}
      />
      <Section language={language} title={w(words.cases)} />
      <Table
        language={language}
        none={none}
        columns={[
          { title: w(words.caseId), width: 36 },
          { title: w(words.type), width: 24 },
          { title: w(words.status), width: 20 },
          { title: w(words.filed), width: 20 },
        ]}
        rows={record.cases.map(({ id, type, status, filedAt }) => [id, w(type), w(status), timeText(filedAt)])}
      />
      {record.more.cases && <Remark language={language} text={w(words.moreCases)} />}
      <Section language={language} title={w(words.accesses)} />
      <Table
        language={language}
        none={none}
        columns={[
          { title: w(words.when), width: 19 },
          { title: w(words.service), width: 30 },
          { title: w(words.what), width: 27 },
          { title: w(words.who), width: 24 },
        ]}
        rows={record.accesses.map(({ at, times, service, what, client }) => [
          timeText(at),
          w(named(serviceTexts, service)),
          times === 1 ? w(what) : `${w(what)} ×${times}`,
          w(client),
        ])}
      />
      {record.more.accesses && <Remark language={language} text={w(words.moreAccesses)} />}
      {record.entries && <Section language={language} title={w(words.entries)} />}
      {record.entries && (
        <Table
          language={language}
          none={none}
          columns={[
            { title: w(words.entry), width: 34 },
            { title: w(words.effective), width: 27 },
            { title: w(words.recorded), width: 19 },
            { title: w(words.caseId), width: 20 },
          ]}
          rows={record.entries.map(({ text, effectiveOn, recordedAt, caseId }) => [
            w(text),
            dateText(effectiveOn, language),
            timeText(recordedAt),
            caseId ?? '',
          ])}
        />
      )}
      {record.entries && record.more.entries && <Remark language={language} text={w(words.moreEntries)} />}
    </Paper>
  );
}
