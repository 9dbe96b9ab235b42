import { z } from 'zod';
import type { CaseFilters, CaseSummary, WorkScope } from '../../adapters/read-model/port';
import { coreTexts, ownerTexts } from '../../domain/case/core-texts';
import type { CaseFile, WaitOwner } from '../../domain/case/model';
import { instant } from '../../domain/time';
import { caseTypeNamed, caseTypes } from '../../workflows/case-types';
import { reviewWaits } from '../../workflows/stages/review';
import { reasonIn } from '../../ops/reason';
import type { Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem, problemOf } from '../problems/problem';
import { CASE_READERS, isPortalOnly, officeHeldTo, seenCase } from './access';
import { eventView, isShown } from './events-view';
import { kinshipOfCaller } from './kinship';
import { namesFor, staffIn, staffOfEvents, type Names } from './names';
import { CaseListItem, CasePage, CaseParams, CaseView, EventPage, WorkPage } from './schemas';
import { textOf, waitText } from './texts';
import { caseView, etagOf, selfLink } from './view';

const LIMIT = 50;
const MOST = 200;

/** A word of a filter: what else could come is no code of ours and must not reach the database. */
const Word = z.string().regex(/^[\w.:-]{1,64}$/);
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const Limit = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(MOST))
  .default(LIMIT);
const Cursor = z.string().min(1).max(400);
const wordsOf = (...texts: object[]): z.ZodEnum<Record<string, string>> =>
  z.enum([...new Set(texts.flatMap((each) => Object.keys(each)))] as [string, ...string[]]);
const StatusName = wordsOf(...caseTypes.map(({ texts }) => texts.statuses), coreTexts.statuses);
const OwnerName = wordsOf(ownerTexts);
const STAFF_ONLY = { description: 'For staff: the list of a portal is all its own, and heeds this not' };
const TypeName = z.enum(caseTypes.map(({ type }) => type) as [string, ...string[]]);

export function readCaseRoutes(deps: ApiDeps): Route[] {
  return [caseRoute(deps), eventsRoute(deps), listRoute(deps), workQueueRoute(deps)];
}

/** With what the caseworker wrote to the applicant, where the case was returned: without it nobody would know what to mend. */
async function withWords(view: CaseView, file: CaseFile, vault: ApiDeps['vault']): Promise<CaseView> {
  const { returned } = file as CaseFile & { readonly returned?: { readonly reasonRef?: string } };
  if (!view.returned || returned?.reasonRef === undefined) return view;
  const words = await reasonIn(vault, returned.reasonRef);
  return words === null ? view : { ...view, returned: { ...view.returned, words } };
}

function caseRoute(deps: ApiDeps): Route {
  const { readModel, staff, vault, now = Date.now } = deps;
  return route({
    method: 'get',
    path: '/v1/cases/{id}',
    tag: 'Cases',
    operationId: 'getCase',
    summary: 'A case: its status, what it waits for, and what you may do',
    roles: CASE_READERS,
    params: CaseParams,
    success: { status: 200, description: 'The case', schema: CaseView, headers: ['ETag'] },
    problems: ['case-not-found', 'temporarily-unavailable'],
    async handle({ params, caller }) {
      const { type, file } = await seenCase(readModel, params.id, caller);
      const at = instant(now());
      const [names, kinship] = await Promise.all([
        namesFor(staff, staffIn(file), caller),
        kinshipOfCaller(deps, type, file, caller, at),
      ]);
      const view = caseView(type, file, caller, at, { names, kinship });
      return {
        body: isPortalOnly(caller) ? await withWords(view, file, vault) : view,
        headers: { etag: etagOf(file.version) },
      };
    },
  });
}

function eventsRoute({ readModel, staff }: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/cases/{id}/events',
    tag: 'Cases',
    operationId: 'listCaseEvents',
    summary: 'What happened in a case, in order',
    roles: CASE_READERS,
    params: CaseParams,
    query: z.strictObject({
      after: z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number)
        .default(0),
      limit: Limit,
    }),
    success: { status: 200, description: 'A page of events', schema: EventPage },
    problems: ['case-not-found', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
    async handle({ params, query, caller }) {
      const seen = await seenCase(readModel, params.id, caller);
      const portal = isPortalOnly(caller);
      const events = await readModel.caseEvents(params.id, query.after, query.limit + 1);
      const page = events.slice(0, query.limit);
      const names = await namesFor(staff, staffOfEvents(page), caller);
      return {
        body: {
          items: page.filter((each) => isShown(each, portal)).map((each) => eventView(seen, each, portal, names)),
          next: events.length > query.limit ? (page.at(-1)?.version ?? null) : null,
        },
      };
    },
  });
}

/** As it is shown, however it is typed; from four signs on, so that few cases begin alike. */
const CaseNumber = z
  .string()
  .regex(/^[A-Za-z0-9-]{4,64}$/)
  .transform((text) => text.toUpperCase());

const Filters = z.strictObject({
  number: CaseNumber.optional().meta({ description: 'How the number of the case begins, at least four signs of it' }),
  type: TypeName.optional(),
  status: StatusName.optional(),
  office: Word.optional(),
  channel: Word.optional(),
  clientId: Word.optional().meta(STAFF_ONLY),
  subject: Word.optional().meta(STAFF_ONLY),
  parent: Word.optional().meta({
    description:
      'The cases that came of this one: an appeal, the decision after an appeal, the first card of an identified member',
  }),
  waitingWho: OwnerName.optional(),
  claimedBy: Word.optional().meta(STAFF_ONLY),
  incidentCode: Word.optional().meta(STAFF_ONLY),
  overdue: Flag.optional(),
  hasIncident: Flag.optional().meta(STAFF_ONLY),
  open: Flag.optional(),
  filedFrom: Instant.optional().meta({ description: 'Inclusive' }),
  filedTo: Instant.optional().meta({ description: 'Exclusive' }),
  sort: z.enum(['newest', 'oldest', 'waitingUntil']).default('newest'),
  cursor: Cursor.optional(),
  limit: Limit,
});

/** A portal's list is of its own cases and may not be filtered by what it does not see. */
function filtersFor(
  { waitingWho, ...given }: Omit<z.output<typeof Filters>, 'sort' | 'cursor' | 'limit'>,
  caller: Caller,
): CaseFilters {
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as CaseFilters;
  const filters: CaseFilters = {
    ...present,
    ...(waitingWho === undefined ? {} : { waitingWho: waitingWho as WaitOwner }),
  };
  if (!isPortalOnly(caller)) return filters;
  if (caller.clientId === undefined) throw new Problem('not-your-role');
  const {
    subject: _subject,
    claimedBy: _claimedBy,
    incidentCode: _incidentCode,
    hasIncident: _hasIncident,
    ...own
  } = filters;
  return { ...own, clientId: caller.clientId };
}

function listRoute({ readModel, staff }: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/cases',
    tag: 'Cases',
    operationId: 'listCases',
    summary: 'Cases by filters',
    roles: CASE_READERS,
    query: Filters,
    success: { status: 200, description: 'A page of cases', schema: CasePage },
    problems: ['validation-failed', 'unknown-field', 'cursor-invalid', 'temporarily-unavailable'],
    async handle({ query, caller }) {
      const { sort, cursor, limit, ...filters } = query;
      const page = await readModel.caseList({
        filters: filtersFor(filters, caller),
        sort,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      if ('refusal' in page) throw problemOf(page.refusal);
      const portal = isPortalOnly(caller);
      const names = await namesFor(staff, claimants(page.items), caller);
      return { body: { items: page.items.map((each) => listItem(each, portal, names)), next: page.next } };
    },
  });
}

const WORK_OF = {
  caseworker: ['caseworker'],
  supervisor: ['supervisor', 'caseworker'],
  committee: ['committee', 'supervisor'],
  operator: ['operator'],
} as const;
/** What a committee shares with supervisors: the types in which it claims too, such as appeals. */
const SHARED = caseTypes.flatMap(({ type, actions }) => (actions['claim']?.by.includes('committee') ? [type] : []));
export const WORKERS = ['caseworker', 'supervisor', 'committee', 'operator'] as const;

function workQueueRoute({ readModel, staff }: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/work-queue',
    tag: 'Work',
    operationId: 'listWork',
    summary: 'Open cases that wait for you or your colleagues, the nearest deadline first',
    roles: WORKERS,
    query: z.strictObject({
      view: z
        .enum(['mine', 'office', 'unclaimed', 'overdue', 'claimable', 'awaiting', 'four-eyes', 'escalated', 'held'])
        .default('office')
        .meta({
          description:
            '`claimable`: unclaimed, and claimed as it stands. For supervisors: `awaiting` one, `four-eyes`: rejection is recommended, `escalated`, `held`',
        }),
      office: Word.optional().meta({ description: 'For central staff, the committee and operators; else your own' }),
      type: TypeName.optional(),
      counts: z
        .enum(['true', 'false', 'team'])
        .optional()
        .meta({ description: 'With how many there are of each view; `team` counts the views of supervisors too' }),
      sort: z.enum(['waitingUntil', 'oldest', 'newest']).default('waitingUntil'),
      cursor: Cursor.optional(),
      limit: Limit,
    }),
    success: { status: 200, description: 'A page of work', schema: WorkPage },
    problems: ['validation-failed', 'unknown-field', 'cursor-invalid', 'temporarily-unavailable'],
    async handle({ query, caller }) {
      const { view, type, sort, cursor, limit } = query;
      const who = [...new Set(WORKERS.flatMap((role) => (caller.roles.includes(role) ? WORK_OF[role] : [])))];
      const office = officeHeldTo(caller, WORKERS) ?? query.office;
      const scope: WorkScope = {
        who,
        me: caller.id,
        ...(caller.roles.includes('supervisor') ? {} : { supervised: SHARED }),
        ...(office === undefined ? {} : { office }),
        ...(type === undefined ? {} : { type }),
      };
      const page = await readModel.workQueue({
        ...scope,
        view,
        limit,
        sort,
        ...(view === 'claimable' ? { claimedIn: CLAIMED_IN } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if ('refusal' in page) throw problemOf(page.refusal);
      const [all, team] = await Promise.all([
        query.counts === 'true' || query.counts === 'team' ? readModel.workCounts(scope) : undefined,
        query.counts === 'team' ? readModel.teamCounts(scope) : undefined,
      ]);
      const counts = { ...(all ? { counts: { ...all } } : {}), ...(team ? { team: { ...team } } : {}) };
      const names = await namesFor(staff, claimants(page.items), caller);
      return { body: { items: page.items.map((each) => listItem(each, false, names)), next: page.next, ...counts } };
    },
  });
}

/** Where the action tables let anybody claim. */
const CLAIMED_IN = [...new Set(caseTypes.flatMap(({ actions }) => actions['claim']?.stages ?? []))];

const claimants = (items: readonly CaseSummary[]): string[] =>
  items.flatMap(({ claimedBy }) => (claimedBy === null ? [] : [claimedBy]));

/** A recommendation stays in the file after it was decided on: lists say it only while it is still to be. */
const REVIEW_WAITS: ReadonlySet<string> = new Set(Object.values(reviewWaits));

const reviewOf = ({ reviewWhy, recommended, escalated }: CaseSummary): CaseListItem['review'] => ({
  why: [...(reviewWhy ?? [])],
  recommended,
  escalated,
});

function listItem(summary: CaseSummary, portal: boolean, names: Names): CaseListItem {
  const {
    id,
    type: name,
    status,
    version,
    channel,
    office,
    parent,
    filedAt,
    closedAt,
    waitingWhat,
    waitingWho,
    waitingUntil,
    overdue,
  } = summary;
  const type = caseTypeNamed(name);
  return {
    id,
    type: name,
    status,
    version,
    channel,
    office,
    parent,
    filedAt,
    closedAt,
    waitingFor:
      waitingWhat === null
        ? null
        : { what: waitingWhat, who: waitingWho, until: waitingUntil, text: waitText(type, waitingWhat) },
    claimedBy: portal ? null : summary.claimedBy,
    claimedByName: names.get(summary.claimedBy ?? '') ?? null,
    overdue,
    incident: portal ? null : summary.incident,
    review: portal || !REVIEW_WAITS.has(waitingWhat ?? '') ? null : reviewOf(summary),
    texts: { type: type?.title ?? { ar: name, en: name }, status: textOf(type, 'statuses', status) },
    links: { self: selfLink(id) },
  };
}
