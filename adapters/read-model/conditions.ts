import type { CaseFilters, WorkQuery, WorkView } from './port';

/** Collects conditions and the values they stand for; nothing from outside ever becomes SQL text. */
export interface Conditions {
  readonly values: unknown[];
  /** `?` stands for the value. */
  add(name: string, condition: string, value?: unknown): void;
  names(): string[];
  /** WHERE with the named conditions; with all of them when no names are given. */
  where(names?: readonly string[]): string;
}

export function conditions(): Conditions {
  const all: { name: string; condition: string }[] = [];
  const values: unknown[] = [];
  return {
    values,
    add(name, condition, value) {
      if (value !== undefined) values.push(value);
      all.push({ name, condition: condition.replaceAll('?', `$${values.length}`) });
    },
    names: () => all.map(({ name }) => name),
    where(names) {
      const chosen = all.filter(({ name }) => names === undefined || names.includes(name));
      return chosen.length === 0 ? '' : `WHERE ${chosen.map(({ condition }) => condition).join(' AND ')}`;
    },
  };
}

const EQUAL = {
  type: 'type',
  status: 'status',
  office: 'office',
  channel: 'channel',
  clientId: 'client_id',
  subject: 'subject',
  parent: 'parent',
  waitingWho: 'waiting_who',
  claimedBy: 'claimed_by',
  incidentCode: 'incident_code',
} as const satisfies Partial<Record<keyof CaseFilters, string>>;

/** Only open cases wait, are claimed or are overdue: said out loud, because it lets the indexes of open work be used. */
const OPEN_ONLY: readonly (keyof CaseFilters)[] = ['waitingWho', 'claimedBy', 'overdue'];

const NUMBER = `upper(substr(case_id, strpos(case_id, '_') + 1)) COLLATE "C"`;

export function addFilters(to: Conditions, filters: CaseFilters): void {
  for (const [name, column] of Object.entries(EQUAL) as [keyof typeof EQUAL, string][]) {
    if (filters[name] !== undefined) to.add(name, `${column} = ?`, filters[name]);
  }
  // By its index alone: so few numbers begin alike that whatever else is asked for is looked at case by case.
  if (filters.number !== undefined) {
    to.add('number', `${NUMBER} >= ?`, filters.number);
    to.add('number', `${NUMBER} < ?`, `${filters.number}~`);
  }
  const incident = filters.hasIncident ?? (filters.incidentCode === undefined ? undefined : true);
  if (incident === true || filters.incidentCode !== undefined) to.add('hasIncident', 'has_incident');
  if (incident === false) to.add('noIncident', 'NOT has_incident');
  if (filters.overdue === true) to.add('overdue', 'overdue');
  if (filters.overdue === false) to.add('notOverdue', 'NOT overdue');
  const open = OPEN_ONLY.some((name) => filters[name] !== undefined && filters[name] !== false);
  if (open || filters.open === true) to.add('open', 'closed_at IS NULL');
  if (filters.open === false) to.add('closed', 'closed_at IS NOT NULL');
  if (filters.filedFrom !== undefined) to.add('range', 'filed_at >= ?', filters.filedFrom);
  if (filters.filedTo !== undefined) to.add('range', 'filed_at < ?', filters.filedTo);
}

const SUPERVISORS: readonly WorkView[] = ['awaiting', 'four-eyes', 'escalated', 'held'];

export function addWork(
  to: Conditions,
  { office, who: whose, supervised, view, me, type, claimedIn }: Omit<WorkQuery, 'limit'>,
): void {
  // Whose work is none of a supervisor's finds nothing here.
  const who = SUPERVISORS.includes(view) ? whose.filter((each) => each === 'supervisor') : whose;
  to.add('open', 'closed_at IS NULL');
  to.add('waiting', 'waiting_until IS NOT NULL');
  if (office !== undefined) to.add('office', 'office = ?', office);
  if (who.length === 1) to.add('waitingWho', 'waiting_who = ?', who[0]);
  else to.add('waitingWho', 'waiting_who = ANY (?)', who);
  if (supervised && who.includes('supervisor'))
    to.add('supervised', `(waiting_who <> 'supervisor' OR type = ANY (?))`, supervised);
  if (type !== undefined) to.add('type', 'type = ?', type);
  if (view === 'mine') to.add('claimedBy', 'claimed_by = ?', me);
  if (view === 'unclaimed') to.add('unclaimed', 'claimed_by IS NULL');
  if (view === 'overdue') to.add('overdue', 'overdue');
  if (view === 'claimable') {
    to.add('unclaimed', 'claimed_by IS NULL');
    to.add('claimedIn', 'status = ANY (?)', claimedIn ?? []);
    to.add('ownHands', `NOT (waiting_who = 'supervisor' AND coalesce(jsonb_exists(handled_by, ?), false))`, me);
  }
  if (view in TEAM) to.add(view, TEAM[view as keyof typeof TEAM]);
}

/** Of what waits for a supervisor. */
export const TEAM = {
  awaiting: `waiting_what <> 'hold'`,
  'four-eyes': `waiting_what <> 'hold' AND recommended`,
  escalated: `waiting_what <> 'hold' AND escalated IS NOT NULL`,
  held: `waiting_what = 'hold'`,
} as const satisfies Partial<Record<WorkView, string>>;

/** Conditions that an index gives in the list's order, the narrowest first: see the migration `case-lists`. */
const INDEXED: Readonly<Record<'filed_at' | 'waiting_until', readonly (readonly string[])[]>> = {
  filed_at: [
    ['subject'],
    ['parent'],
    ['claimedBy', 'open'],
    ['incidentCode', 'hasIncident'],
    ['hasIncident'],
    ['overdue', 'open'],
    ['clientId', 'status'],
    ['office', 'status'],
    ['type', 'status'],
    ['waitingWho', 'open'],
    ['clientId'],
    ['office', 'open'],
    ['open'],
    ['office'],
    ['status'],
    ['type'],
    ['channel'],
  ],
  waiting_until: [['claimedBy'], ['overdue', 'office'], ['office', 'waitingWho'], ['waitingWho'], []],
};

/** Always part of the walk along an index, and free: where it starts and ends, and which cases the index holds. */
const ALONG = { filed_at: ['range', 'place'], waiting_until: ['open', 'waiting', 'place'] } as const;

/** Which conditions an index answers, and whether any are left that have to be looked at case by case. */
export function indexed(
  names: readonly string[],
  column: 'filed_at' | 'waiting_until',
): { readonly by: readonly string[]; readonly whole: boolean } {
  if (names.includes('number')) return { by: names, whole: true };
  const found = INDEXED[column].find((set) => set.every((name) => names.includes(name))) ?? [];
  const by = [...found, ...ALONG[column]];
  return { by, whole: names.every((name) => by.includes(name)) };
}
