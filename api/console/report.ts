import { applicationOf as keptApplication } from '../../adapters/vault/port';
import { z } from 'zod';
import type { Notice } from '../../adapters/evidence/port';
import type { FamilyPerson } from '../../adapters/register/family-port';
import { OutsideFailure } from '../../domain/failures';
import { inForce, marriagesOf, spousesOf, type FamilyGraph } from '../../domain/family/graph';
import type { IdentityNumber } from '../../domain/identity-number';
import { addDays, type LocalDate } from '../../domain/time';
import type { FamilyApplication } from '../../workflows/case-types/family-registration/application';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { familyPolicy } from '../../workflows/case-types/family-registration/policy';
import { namedByNotice, noticeKindOf } from '../../workflows/case-types/family-registration/notice';
import type { ApiDeps } from '../deps';
import { BilingualText } from '../problems/problem';
import { eventTexts, fieldTexts, relationTexts, sexTexts, type FieldName } from './report-texts';
import { day, inWords, nameSaid, Said, unlessErased, words } from './said';

const Row = z
  .object({
    field: z.string(),
    label: BilingualText,
    reported: Said.nullable(),
    notice: Said.nullable().meta({ description: 'null where a notice says nothing of the kind' }),
    register: Said.nullable(),
    differs: z.array(z.enum(['notice', 'register'])).meta({ description: 'What does not go with the report' }),
  })
  .meta({ id: 'ReportedFact' });
type Row = z.infer<typeof Row>;

export const FamilyReport = z
  .object({
    rows: z.array(Row),
    notice: z
      .object({
        reference: z.string().nullable().meta({ description: 'null where the report names none' }),
        state: z.enum(['here', 'missing', 'not-read', 'none']).meta({
          description:
            '`missing`: the source has none under this number. `not-read`: the source could not be asked just now',
        }),
      })
      .meta({ description: 'The paper of the hospital or the court' }),
  })
  .meta({ id: 'FamilyReport' });
export type FamilyReport = z.infer<typeof FamilyReport>;

/** The application that a case goes by: after an allowed appeal that of the appealed case. null when it was erased. */
export async function applicationOf(
  { vault }: Pick<ApiDeps, 'vault'>,
  file: Pick<FamilyFile, 'id' | 'appeal'>,
): Promise<FamilyApplication | null> {
  const kept = await keptApplication<{ application: FamilyApplication }>(vault, file.appeal?.original ?? file.id);
  return kept?.application ?? null;
}

type Read = { readonly state: FamilyReport['notice']['state']; readonly notice: Notice | null };

/** What the source says now. It may be out of reach: the rest of the report is shown all the same, and that is said. */
async function readNotice({ evidence, log }: ApiDeps, reference: string | undefined): Promise<Read> {
  if (reference === undefined) return { state: 'none', notice: null };
  try {
    const notice = await evidence.notice(reference);
    return { state: notice ? 'here' : 'missing', notice };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    log.warn({ why: error.code }, 'a notice could not be read for the console');
    return { state: 'not-read', notice: null };
  }
}

const same = (a: Said, b: Said): boolean => JSON.stringify(a) === JSON.stringify(b);

interface Sources {
  readonly reported?: Said | null | undefined;
  readonly notice?: Said | null | undefined;
  readonly register?: Said | null | undefined;
  /** What the register says speaks against the report, although it is no other telling of the same fact. */
  readonly against?: boolean;
}

function row(field: FieldName, { reported, notice, register, against }: Sources): Row {
  const differs: Row['differs'] = [];
  if (reported && notice && !same(reported, notice)) differs.push('notice');
  if (against) differs.push('register');
  return {
    field,
    label: fieldTexts[field],
    reported: reported ?? null,
    notice: notice ?? null,
    register: register ?? null,
    differs,
  };
}

/** A report beside what the notice and the register say about the same things, and whom it names beyond the case's parties. */
export async function reportOf(
  deps: ApiDeps,
  file: FamilyFile,
  known: { readonly people: ReadonlyMap<string, FamilyPerson>; readonly graph: FamilyGraph },
): Promise<{ readonly report: FamilyReport; readonly named: readonly string[] }> {
  const application = await applicationOf(deps, file);
  const reference = application && 'notice' in application ? application.notice : undefined;
  const { state, notice } = await readNotice(deps, reference);
  const inNotice = new Set((notice?.people ?? []).map((number) => deps.vault.personRef(number as IdentityNumber)));
  const rows = await rowsOf(deps, file, application, notice && { ...notice, inNotice }, known);
  return {
    report: { rows, notice: { reference: reference ?? null, state } },
    named: [...inNotice, ...(file.witnesses ?? [])],
  };
}

async function rowsOf(
  deps: ApiDeps,
  file: FamilyFile,
  application: FamilyApplication | null,
  notice: (Notice & { readonly inNotice: ReadonlySet<string> }) | null,
  { people, graph }: { people: ReadonlyMap<string, FamilyPerson>; graph: FamilyGraph },
): Promise<Row[]> {
  const { event, on, parties, reporter } = file;
  const nameOf = nameSaid(deps.family);

  /** Alive or not, and since when: what the register knows of somebody who takes part. */
  const standing = (person: string): Said => {
    const found = people.get(person);
    if (!found) return words('غير مسجل', 'Not in the register');
    if (found.diedOn) return { ...words('متوفى في', 'Died on'), date: found.diedOn };
    return { ...words('من مواليد', 'Born on'), date: found.birthDate };
  };
  const byNotice = new Set(namedByNotice(file));
  /** What the notice says of somebody whom it has to name. */
  const told = (person: string, name: Said): Said | null => {
    if (!notice || !byNotice.has(person)) return null;
    return notice.inNotice.has(person) ? name : words('لا يذكره', 'Does not name them');
  };
  const party = async (field: FieldName, person: string | undefined): Promise<Row[]> => {
    if (person === undefined) return [];
    const reported = await nameOf(person);
    const died = people.get(person)?.diedOn ?? null;
    return [
      row(field, {
        reported,
        notice: told(person, reported),
        register: standing(person),
        against: field !== 'deceased' && (!people.has(person) || (died !== null && died < on)),
      }),
    ];
  };
  const kind = row('kind', {
    reported: inWords(eventTexts[event] ?? { ar: event, en: event }),
    notice:
      notice &&
      inWords(
        eventTexts[notice.kind === noticeKindOf(event) ? event : notice.kind] ?? { ar: notice.kind, en: notice.kind },
      ),
  });
  const dated = (register?: Said | null, against = false): Row =>
    row('on', { reported: day(on), notice: notice && day(notice.on), register, against });
  const reporterName = await nameOf(reporter);
  const reportedBy = row('reporter', {
    reported: reporterName,
    notice: told(reporter, reporterName),
    register: standing(reporter),
  });
  const named = new Set([...Object.values(parties as Record<string, string>), reporter]);
  const others = await Promise.all(
    [...(notice?.inNotice ?? [])].filter((each) => !named.has(each)).map(nameOrStranger(deps)),
  );
  const rest = others.length > 0 ? [row('others', { notice: joined(others) })] : [];
  const ends = [...rest, reportedBy];

  switch (event) {
    case 'birth': {
      const child = application?.event === 'birth' ? application.child : undefined;
      const entered = file.registration?.child;
      const [name, facts] = entered
        ? await Promise.all([unlessErased(deps.family.nameOf(entered)), deps.family.people([entered])])
        : [null, []];
      const born = facts[0];
      return [
        kind,
        row('childNameAr', {
          reported: child && words(child.nameAr, child.nameAr),
          register: name && words(name.nameAr, name.nameAr),
        }),
        row('childNameEn', {
          reported: child && words(child.nameEn, child.nameEn),
          register: name && words(name.nameEn, name.nameEn),
        }),
        row('childSex', {
          reported: child && inWords(sexTexts[child.sex]),
          register: born && inWords(sexTexts[born.sex]),
        }),
        row('childBirthPlace', { reported: child && words(child.birthPlaceAr, child.birthPlaceEn) }),
        dated(born && day(born.birthDate), born !== undefined && born.birthDate !== on),
        ...(await party('father', parties.father)),
        ...(await party('mother', parties.mother)),
        marriageRow('parentsMarriage', graph, parties.father, parties.mother, on),
        ...ends,
      ];
    }
    case 'marriage':
      return [
        kind,
        dated(),
        ...(await party('husband', parties.husband)),
        ...(await party('wife', parties.wife)),
        await spousesRow(deps, 'husbandMarriages', graph, parties.husband, parties.wife, on),
        await spousesRow(deps, 'wifeMarriages', graph, parties.wife, parties.husband, on),
        ...endedRow(file, graph),
        row('witnesses', {
          reported: file.witnesses?.length
            ? joined(await Promise.all(file.witnesses.map(nameOf)))
            : words('لم يُذكر أحد', 'None named'),
        }),
        ...ends,
      ];
    case 'divorce':
      return [
        kind,
        dated(),
        ...(await party('husband', parties.husband)),
        ...(await party('wife', parties.wife)),
        marriageRow('marriage', graph, parties.husband, parties.wife, on, file.registration !== undefined),
        ...ends,
      ];
    case 'death': {
      const died = people.get(parties.deceased ?? '')?.diedOn ?? null;
      return [
        kind,
        dated(died ? day(died) : words('على قيد الحياة', 'Alive'), died !== null && died !== on),
        ...(await party('deceased', parties.deceased)),
        ...ends,
      ];
    }
    case 'member-identification': {
      const ties = graph.filter(
        ({ person, relative, kind: tie }) => person === parties.member && relative === reporter && tie !== 'spouse',
      );
      const tie = ties[0]?.kind as keyof typeof relationTexts | undefined;
      return [
        kind,
        ...(await party('member', parties.member)),
        row('relation', {
          reported: file.relation ? inWords(relationTexts[file.relation]) : words('لم تُذكر', 'Not said'),
          register: tie ? inWords(relationTexts[tie]) : words('لا صلة مسجلة', 'No tie in the register'),
          against: file.relation !== undefined && tie !== undefined && tie !== file.relation,
        }),
        ...ends,
      ];
    }
  }
}

const joined = (all: readonly Said[]): Said => ({
  text: {
    ar: all.map(({ text }) => text?.ar ?? '').join('، '),
    en: all.map(({ text }) => text?.en ?? '').join(', '),
  },
});

const nameOrStranger =
  ({ family }: Pick<ApiDeps, 'family'>) =>
  async (person: string): Promise<Said> => {
    const [found] = await family.people([person]);
    return found ? nameSaid(family)(person) : words('شخص غير مسجل', 'Somebody not in the register');
  };

function marriageRow(
  field: 'parentsMarriage' | 'marriage',
  graph: FamilyGraph,
  husband: string | undefined,
  wife: string | undefined,
  on: LocalDate,
  ended = false,
): Row {
  const of = graph.filter(({ kind, person, relative }) => kind === 'spouse' && person === husband && relative === wife);
  const link = of.find((each) => inForce(each, on)) ?? of.at(-1);
  const stands = link !== undefined && inForce(link, on);
  const register = !link
    ? words('لا زواج مسجل بينهما', 'No marriage in the register')
    : link.to === undefined || stands
      ? { ...words('متزوجان منذ', 'Married since'), date: link.from }
      : { ...words('انتهى في', 'Ended on'), date: link.to };
  return row(field, { register, against: !stands && !ended });
}

/** Other marriages that a new one would stand beside. */
async function spousesRow(
  { family }: Pick<ApiDeps, 'family'>,
  field: 'husbandMarriages' | 'wifeMarriages',
  graph: FamilyGraph,
  person: string | undefined,
  other: string | undefined,
  on: LocalDate,
): Promise<Row> {
  const beside = (person === undefined ? [] : spousesOf(graph, person, on)).filter((each) => each !== other);
  const register =
    beside.length > 0 ? joined(await Promise.all(beside.map(nameSaid(family)))) : words('لا يوجد', 'None');
  return row(field, { register, against: field === 'wifeMarriages' && beside.length > 0 });
}

/** The wife's marriage to somebody else that ended last; none is no row. */
function endedRow({ parties: { husband, wife = '' }, on, policyVersion }: FamilyFile, graph: FamilyGraph): Row[] {
  const ends = marriagesOf(graph, wife).flatMap(({ spouse, to }) => (spouse === husband || !to || to > on ? [] : [to]));
  const date = ends.sort().at(-1);
  if (!date) return [];
  const against = on < addDays(date, familyPolicy(policyVersion).waitingDays.value);
  return [row('wifeLastMarriage', { register: { ...words('انتهى في', 'Ended on'), date }, against })];
}
