import type { ChildName } from '../../adapters/register/family-port';
import { applicationOf } from '../../adapters/vault/port';
import { z } from 'zod';
import type { CaseFile, Decision } from '../../domain/case/model';
import { statusOf } from '../../domain/case/core';
import type { FamilyEvent } from '../../domain/family/record';
import type { AppealFile } from '../../workflows/case-types/appeal/file';
import type { AmendmentFile } from '../../workflows/case-types/record-amendment/file';
import type { ReviewFile } from '../../workflows/stages/review';
import { caseTypeNamed } from '../../workflows/case-types';
import { reasonIn } from '../../ops/reason';
import type { Caller } from '../auth/caller';
import { isPortalOnly } from '../cases/access';
import { namesFor, staffIn, type Names } from '../cases/names';
import { ActorView, RuleUsed } from '../cases/schemas';
import { ruleText, textOf } from '../cases/texts';
import { actorView } from '../cases/view';
import type { ApiDeps } from '../deps';
import { BilingualText } from '../problems/problem';
import { eventTexts, fieldTexts, partTexts, relationTexts, sexTexts, type FieldName } from './report-texts';
import { day, ERASED, inWords, nameSaid, Said, unlessErased } from './said';

const DecidedBefore = z
  .object({
    what: z.string(),
    at: z.string().nullable().meta({ description: 'null of a recommendation' }),
    by: ActorView,
    rules: z.array(RuleUsed),
    reason: z.string().nullable().meta({ description: 'In words; null where none was given or it was erased' }),
  })
  .meta({ id: 'DecidedBefore' });

export const AppealedCase = z
  .object({
    caseId: z.string(),
    type: BilingualText,
    status: BilingualText,
    closedAt: z.string().nullable(),
    rejectedFor: z.array(z.object({ rule: z.string(), text: BilingualText })),
    decisions: z.array(DecidedBefore),
  })
  .meta({ id: 'AppealedCase' });
type AppealedCase = z.infer<typeof AppealedCase>;

export const AmendedEntry = z
  .object({
    what: z.enum(['correction', 'revocation']),
    rows: z.array(
      z.object({
        field: z.string(),
        label: BilingualText,
        before: Said.nullable(),
        after: Said.nullable().meta({ description: 'null of a revocation: nothing stands in its place' }),
        changes: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'AmendedEntry' });
type AmendedEntry = z.infer<typeof AmendedEntry>;

export const Statement = z
  .object({ title: BilingualText, text: z.string() })
  .meta({ id: 'FilerStatement', description: 'What whoever filed the case says, in their own words' });
type Statement = z.infer<typeof Statement>;

const isAppeal = (file: CaseFile): file is AppealFile => file.type === 'appeal';
const isAmendment = (file: CaseFile): file is AmendmentFile => file.type === 'record-amendment';

/** What the person, whose identity the evidence shows, is in the case. */
export function partOf(file: CaseFile): z.infer<typeof BilingualText> {
  const { parties } = file as CaseFile & { parties?: Readonly<Record<string, string>> };
  const role = Object.entries(parties ?? {}).find(([, person]) => person === file.subject)?.[0];
  const ofType = role === undefined ? caseTypeNamed(file.type)?.subjectIs : undefined;
  const part = role ?? 'applicant';
  const text = ofType ?? partTexts[part] ?? { ar: part, en: part };
  return { ar: text.ar, en: text.en };
}

/** Such as an appellant's grounds, or why an amendment is asked for. Personal data. */
export async function statementOf({ vault }: Pick<ApiDeps, 'vault'>, file: CaseFile): Promise<Statement | null> {
  const statement = caseTypeNamed(file.type)?.statement;
  if (!statement) return null;
  const kept = await applicationOf<{ application: Readonly<Record<string, unknown>> }>(vault, file.id);
  const text = kept?.application[statement.field];
  return typeof text === 'string' ? { title: { ...statement.title }, text } : null;
}

/** The decision that is appealed, with its reasons: nobody judges it unread. */
export async function appealedCase(deps: ApiDeps, file: CaseFile, caller: Caller): Promise<AppealedCase | null> {
  if (!isAppeal(file)) return null;
  const found = await deps.readModel.caseById(file.appealed);
  if (!found) return null;
  const original: CaseFile & { readonly review?: ReviewFile; readonly refusedBy?: readonly string[] } = found.file;
  const type = caseTypeNamed(original.type);
  const names = await namesFor(deps.staff, staffIn(original), caller);
  const rejectedFor = file.admitted?.rejectedFor ?? original.refusedBy ?? [];
  return {
    caseId: original.id,
    type: type?.title ?? { ar: original.type, en: original.type },
    status: textOf(type, 'statuses', statusOf(original)),
    closedAt: original.closedAt ?? null,
    rejectedFor: rejectedFor.map((rule) => ({ rule, text: textOf(type, 'rules', rule) })),
    decisions: await Promise.all(
      [...recommended(original), ...original.decisions].map(async ({ what, at, by, rules, reasonRef }) => ({
        what,
        at,
        by: actorOf(by, caller, names),
        rules: rules.map((each) => ({ ...each, text: ruleText(original, what, each.rule) })),
        reason: await reasonIn(deps.vault, reasonRef),
      })),
    ),
  };
}

const actorOf = (by: Decision['by'], caller: Caller, names: Names) => actorView(by, isPortalOnly(caller), names);

type Before = Omit<Decision, 'at'> & { readonly at: string | null };

/** A recommendation led to the decision and is none itself: the file keeps it with the review. */
function recommended({ review, policyVersion }: CaseFile & { readonly review?: ReviewFile }): Before[] {
  const { recommendation } = review ?? {};
  if (!recommendation) return [];
  const { by, rule, reasonRef } = recommendation;
  return [
    {
      what: 'rejection-recommended',
      at: null,
      by: { id: by, role: 'caseworker' },
      rules: [{ rule, version: policyVersion }],
      ...(reasonRef ? { reasonRef } : {}),
    },
  ];
}

/** The entry as it stands beside what is to stand: as it was prepared, so exactly what a confirmation brings about. */
export async function amendedEntry(deps: ApiDeps, file: CaseFile): Promise<AmendedEntry | null> {
  if (!isAmendment(file)) return null;
  const { what, prepared } = file;
  const nameOf = nameSaid(deps.family);
  if (!prepared) return { what, rows: await asked(deps, file, nameOf) };
  const { registration, event, replacement } = prepared;
  // The record has the new name as soon as it stands, so the old one is read in the entry that has it.
  const called = event.kind === 'birth' ? childSaid(await unlessErased(deps.family.namedIn(registration))) : undefined;
  const [before, after] = await Promise.all([
    factsOf(event, nameOf, called),
    replacement
      ? factsOf(replacement, nameOf, (file.childName && (await childAsked(deps, file))) ?? called)
      : new Map<FieldName, Said>(),
  ]);
  const rows = [...before].map(([field, said]) => {
    const next = after.get(field) ?? null;
    return { field, label: { ...fieldTexts[field] }, before: said, after: next, changes: !same(said, next) };
  });
  return { what, rows };
}

const same = (a: Said, b: Said | null): boolean => JSON.stringify(a) === JSON.stringify(b);

type NameOf = (person: string) => Promise<Said>;

const childSaid = (name: ChildName | null): Said => inWords(name ? { ar: name.nameAr, en: name.nameEn } : ERASED);

/** What the child of a birth is to be called. Personal data. */
async function childAsked({ vault }: Pick<ApiDeps, 'vault'>, { id }: AmendmentFile): Promise<Said> {
  const kept = await applicationOf<{ application: { child?: ChildName } }>(vault, id);
  return childSaid(kept?.application.child ?? null);
}

/** Whom `amendedEntry` names, by reference. */
export function namedInAmendment(file: CaseFile): string[] {
  if (!isAmendment(file)) return [];
  const { prepared } = file;
  if (!prepared) return peopleAsked(file).map(([, person]) => person);
  return [prepared.event, prepared.replacement].flatMap((event) => (event ? Object.values(peopleByField(event)) : []));
}

const peopleAsked = (file: AmendmentFile) =>
  (['father', 'mother', 'husband', 'wife'] as const).flatMap((field) => {
    const person = file[field];
    return person === undefined ? [] : [[field, person] as const];
  });

/** A request that was refused before it was prepared: only what it asked for is known. */
async function asked(deps: ApiDeps, file: AmendmentFile, nameOf: NameOf): Promise<AmendedEntry['rows']> {
  const { on, sex, relation, childName } = file;
  const people = await Promise.all(
    peopleAsked(file).map(async ([field, person]): Promise<[FieldName, Said]> => [field, await nameOf(person)]),
  );
  const wanted: [FieldName, Said][] = [
    ...(on ? [['on', day(on)] satisfies [FieldName, Said]] : []),
    ...(childName ? [['child', await childAsked(deps, file)] satisfies [FieldName, Said]] : []),
    ...people,
    ...(sex ? [['childSex', inWords(sexTexts[sex])] satisfies [FieldName, Said]] : []),
    ...(relation ? [['relation', inWords(relationTexts[relation])] satisfies [FieldName, Said]] : []),
  ];
  return wanted.map(([field, after]) => ({
    field,
    label: { ...fieldTexts[field] },
    before: null,
    after,
    changes: true,
  }));
}

/** An entry's facts under the words that a report has for them. */
async function factsOf(event: FamilyEvent, nameOf: NameOf, child: Said | undefined): Promise<Map<FieldName, Said>> {
  const people: Readonly<Partial<Record<FieldName, string>>> = peopleByField(event);
  const names = await Promise.all(
    Object.entries(people).map(
      async ([field, person]) =>
        [field as FieldName, child && field === 'child' ? child : await nameOf(person)] as const,
    ),
  );
  return new Map<FieldName, Said>([
    ['kind', inWords(eventTexts[event.kind] ?? { ar: event.kind, en: event.kind })],
    ['on', day(event.on)],
    ...names,
    ...(event.kind === 'birth' ? [['childSex', inWords(sexTexts[event.sex])] satisfies [FieldName, Said]] : []),
    ...(event.kind === 'member-identification'
      ? [['relation', inWords(relationTexts[event.relation])] satisfies [FieldName, Said]]
      : []),
  ]);
}

function peopleByField(event: FamilyEvent): Readonly<Partial<Record<FieldName, string>>> {
  switch (event.kind) {
    case 'birth':
      return { child: event.child, father: event.father, mother: event.mother };
    case 'marriage':
    case 'divorce':
      return { husband: event.husband, wife: event.wife };
    case 'death':
      return { deceased: event.person };
    case 'member-identification':
      return { member: event.member, guardian: event.guardian };
    case 'enrolled-parent':
      return { child: event.child, [event.as]: event.parent };
  }
}
