import { z } from 'zod';
import type { CaseFile } from '../../domain/case/model';
import type { FamilyPerson } from '../../adapters/register/family-port';
import type { FamilyGraph } from '../../domain/family/graph';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { CaseParams } from '../cases/schemas';
import { textOf } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { evidenceCase, WHO_SEES } from './evidence';
import { lookedAt } from './looks';
import { applicationOf, FamilyReport, reportOf } from './report';
import { unlessErased } from './said';

/** More than a page can show; the nearest come first. */
const MOST_PEOPLE = 40;

const PersonView = z
  .object({
    ref: z.string(),
    nameAr: z.string(),
    nameEn: z.string(),
    sex: z.enum(['M', 'F']),
    birthDate: z.string(),
    diedOn: z.string().nullable(),
    roles: z.array(z.string()).meta({ description: 'What the person is in the report' }),
  })
  .meta({ id: 'FamilyMember' });

/** One telling of a birth: names and references that two of them are compared by. */
const Telling = z
  .object({
    nameAr: z.string(),
    nameEn: z.string(),
    on: z.string(),
    sex: z.enum(['M', 'F']).nullable(),
    father: z.string().nullable(),
    mother: z.string().nullable(),
  })
  .meta({ id: 'BirthTold' });
type Telling = z.infer<typeof Telling>;

export const FamilyEvidence = z
  .object({
    event: z.string(),
    on: z.string(),
    people: z.array(PersonView),
    links: z
      .array(
        z.object({
          person: z.string(),
          relative: z.string(),
          kind: z.enum(['father', 'mother', 'guardian', 'spouse']),
          from: z.string(),
          to: z.string().optional(),
        }),
      )
      .meta({
        description: '"The father of person is relative"; a marriage is one link, from the husband to the wife',
      }),
    report: FamilyReport,
    entry: z.object({ on: z.string(), nameAr: z.string().nullable(), nameEn: z.string().nullable() }).nullable().meta({
      description:
        'What stands in the register of this event by now, as it was amended; names of the child of a birth. null where nothing stands',
    }),
    reported: Telling.nullable().meta({ description: 'The child of a birth that is reported' }),
    candidates: z.array(
      z.object({
        ref: z.string(),
        kind: z.enum(['person', 'case']),
        score: z.number().meta({ description: '0 to 100' }),
        reasons: z.array(z.object({ rule: z.string(), points: z.number() })),
        told: Telling.nullable(),
      }),
    ),
    consents: z.array(z.object({ person: z.string(), state: z.string() })),
    votes: z.array(z.object({ by: z.string(), vote: z.string(), rule: z.string().optional() })),
    mismatches: z
      .array(z.object({ rule: z.string(), text: BilingualText }))
      .meta({ description: 'Where the notice of the hospital or court said otherwise when it was read' }),
    lateness: z.object({ rule: z.string(), text: BilingualText }).nullable(),
  })
  .meta({ id: 'FamilyEvidence' });
export type FamilyEvidence = z.infer<typeof FamilyEvidence>;

const isFamily = (file: CaseFile): file is FamilyFile => file.type === 'family-registration';

/** The people in question first, then those next to them, as far as a page can show. */
function nearest(graph: FamilyGraph, first: readonly string[]): string[] {
  const found = new Set(first);
  for (const person of found) {
    if (found.size >= MOST_PEOPLE) break;
    for (const link of graph) {
      if (link.person === person) found.add(link.relative);
      else if (link.relative === person) found.add(link.person);
    }
  }
  return [...found].slice(0, MOST_PEOPLE);
}

async function toldIn(deps: ApiDeps, caseId: string): Promise<Telling | null> {
  const found = await deps.readModel.caseById(caseId);
  if (!found || !isFamily(found.file)) return null;
  const application = await applicationOf(deps, found.file);
  if (application?.event !== 'birth') return null;
  const { parties, on } = found.file;
  const { nameAr, nameEn, sex } = application.child;
  return { nameAr, nameEn, on, sex, father: parties.father ?? null, mother: parties.mother ?? null };
}

const NAMELESS = { nameAr: '', nameEn: '' };

export function familyEvidenceRoute(deps: ApiDeps): Route {
  const { family } = deps;

  /** An erased person leaves a place without a name. */
  const membersOf = (known: readonly FamilyPerson[], roles: ReadonlyMap<string, readonly string[]>) =>
    Promise.all(
      known.map(async ({ person, sex, birthDate, diedOn }) => {
        const name = (await unlessErased(family.nameOf(person))) ?? NAMELESS;
        return { ref: person, ...name, sex, birthDate, diedOn, roles: [...(roles.get(person) ?? [])] };
      }),
    );

  const toldOf = async (ref: string, graph: FamilyGraph): Promise<Telling | null> => {
    const [known] = await family.people([ref]);
    if (!known) return null;
    const { nameAr, nameEn } = (await unlessErased(family.nameOf(ref))) ?? NAMELESS;
    const parent = (kind: 'father' | 'mother'): string | null =>
      graph.find((link) => link.person === ref && link.kind === kind)?.relative ?? null;
    return { nameAr, nameEn, on: known.birthDate, sex: known.sex, father: parent('father'), mother: parent('mother') };
  };

  /** What an amendment would amend. */
  const entryOf = async ({ registration }: FamilyFile): Promise<FamilyEvidence['entry']> => {
    const standing = registration && (await family.standingFor(registration.key));
    if (!standing) return null;
    const { nameAr = null, nameEn = null } = (await unlessErased(family.namedIn(standing.key))) ?? {};
    return { on: standing.event.on, nameAr, nameEn };
  };

  return route({
    method: 'get',
    path: '/v1/cases/{id}/family',
    tag: 'Evidence',
    operationId: 'getFamilyEvidence',
    summary: 'Who is who in a family case: the people, their kin, and what could be the same event',
    description: 'Personal data: for the staff who decide, and for auditors.',
    roles: WHO_SEES,
    params: CaseParams,
    success: { status: 200, description: 'The evidence', schema: FamilyEvidence },
    problems: ['case-not-found', 'another-office', 'no-family-in-case', 'temporarily-unavailable'],
    async handle({ params, caller }) {
      const { type, file } = await evidenceCase(deps, params.id, caller);
      if (!isFamily(file)) throw new Problem('no-family-in-case');
      const roles = new Map<string, string[]>();
      for (const [role, person] of Object.entries(file.parties))
        if (typeof person === 'string') roles.set(person, [...(roles.get(person) ?? []), role]);
      roles.set(file.reporter, [...(roles.get(file.reporter) ?? []), 'reporter']);
      if (file.registration?.child) roles.set(file.registration.child, ['child']);
      const candidates = file.duplicates?.candidates ?? [];
      const persons = candidates.map(({ ref }) => ref).filter((ref) => ref.startsWith('p_'));
      const asked = [...new Set([...roles.keys(), ...persons])];
      const graph = await family.graph(asked);
      const shown = nearest(graph, asked);
      const known = await family.people(shown);
      const registered = new Map(known.map((each) => [each.person, each]));
      const [people, { report, named }, entry, reported, told] = await Promise.all([
        membersOf(known, roles),
        reportOf(deps, file, { people: registered, graph }),
        entryOf(file),
        file.event === 'birth' ? toldIn(deps, file.id) : null,
        Promise.all(candidates.map(({ ref }) => (ref.startsWith('p_') ? toldOf(ref, graph) : toldIn(deps, ref)))),
      ]);
      await lookedAt(deps, caller, [...shown, ...named], file.id);
      const lateness = file.accepted?.lateness;
      const within = new Set(people.map(({ ref }) => ref));
      return {
        body: {
          event: file.event,
          on: file.on,
          people,
          links: graph
            .filter(({ person, relative }) => within.has(person) && within.has(relative))
            .map((link) => ({ ...link })),
          report,
          entry,
          reported,
          candidates: candidates.map(({ ref, score, reasons }, n) => ({
            ref,
            kind: ref.startsWith('p_') ? ('person' as const) : ('case' as const),
            score,
            reasons: [...reasons],
            told: told[n] ?? null,
          })),
          consents: file.consent.people.map((each) => ({ ...each })),
          votes: file.votes.map(({ by, vote, rule }) => ({ by, vote, ...(rule ? { rule } : {}) })),
          mismatches: file.notice.mismatches.map((rule) => ({ rule, text: textOf(type, 'rules', rule) })),
          lateness: lateness === undefined ? null : { rule: lateness, text: textOf(type, 'rules', lateness) },
        },
      };
    },
  });
}
