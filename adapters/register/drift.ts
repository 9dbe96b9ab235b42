import type { LocalDate } from '../../domain/time';
import type { Database } from '../postgres/database';

/** An entry of the register, as far as persons and cards follow from it. */
export interface RegisterEntry {
  readonly person: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly effectiveOn: LocalDate;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface CardState {
  readonly serial: string;
  readonly type: string;
  readonly status: string;
  readonly caseId: string | null;
  readonly issuedOn: LocalDate | null;
  readonly expiresOn: LocalDate | null;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly replacedBy: string | null;
}

interface CardFacts {
  readonly serial: string;
  readonly type: string;
  readonly issuedOn: LocalDate;
  readonly expiresOn: LocalDate;
}

/** The cards that the entries of one person come to, in order of their serials. Kinds that concern no card are passed over. */
export function cardsFrom(entries: readonly RegisterEntry[]): CardState[] {
  let cards: CardState[] = [];
  const change = (which: (card: CardState) => boolean, to: Partial<CardState>) => {
    cards = cards.map((card) => (which(card) ? { ...card, ...to } : card));
  };
  for (const { kind, caseId, effectiveOn, facts } of entries) {
    const fresh = { caseId, issuedOn: null, expiresOn: null, validFrom: null, validTo: null, replacedBy: null };
    if (kind === 'person-enrolled' && facts.card) {
      const card = facts.card as CardFacts;
      cards.push({ ...fresh, ...card, caseId: null, status: 'valid', validFrom: card.issuedOn });
    }
    const { serial, type, issuedOn, expiresOn } = facts as unknown as CardFacts;
    if (kind === 'card-reserved') {
      change((card) => card.status === 'valid', { replacedBy: serial });
      cards.push({ ...fresh, serial, type, status: 'reserved' });
    }
    if (kind === 'card-released') {
      change((card) => card.serial === serial, { status: 'voided' });
      change((card) => card.replacedBy === serial, { replacedBy: null });
    }
    if (kind === 'card-lost') {
      change((card) => card.serial === serial, { status: 'lost', validTo: effectiveOn });
    }
    if (kind === 'family-event' && facts.kind === 'death') {
      change((card) => card.status === 'valid', { status: 'voided', validTo: effectiveOn });
    }
    if (kind === 'family-reversal' && Array.isArray(facts.restored)) {
      const restored: readonly unknown[] = facts.restored;
      change((card) => restored.includes(card.serial), { status: 'valid', validTo: null });
    }
    if (kind === 'cards-swapped') {
      change((card) => card.status === 'valid', { status: 'superseded', validTo: effectiveOn, replacedBy: serial });
      change((card) => card.serial === serial, { status: 'valid', issuedOn, expiresOn, validFrom: effectiveOn });
    }
  }
  return cards.sort((a, b) => (a.serial < b.serial ? -1 : 1));
}

/** One statement, so that entries and cards are of one moment. */
const BATCH = `SELECT person,
    (SELECT json_agg(json_build_object('person', e.person, 'kind', e.kind, 'caseId', e.case_id, 'effectiveOn', e.effective_on, 'facts', e.facts) ORDER BY e.id)
      FROM register_entries e WHERE e.person = p.person) AS entries,
    (SELECT json_agg(json_build_object('serial', c.serial, 'type', c.type, 'status', c.status, 'caseId', c.case_id, 'issuedOn', c.issued_on,
        'expiresOn', c.expires_on, 'validFrom', c.valid_from, 'validTo', c.valid_to, 'replacedBy', c.replaced_by) ORDER BY c.serial)
      FROM cards c WHERE c.person = p.person) AS cards
  FROM persons p WHERE person > $1 ORDER BY person LIMIT 1000`;

interface PersonRow {
  readonly person: string;
  readonly entries: readonly RegisterEntry[] | null;
  readonly cards: readonly CardState[] | null;
}

/**
 * The people (references) whose cards are not what their entries come to; none in a sound register. Walks everybody in
 * batches, so it may be run beside the daily work.
 */
export async function registerDrift(database: Database): Promise<string[]> {
  const db = database.from('register');
  const drifted: string[] = [];
  for (let last = ''; ;) {
    const rows = await db.query<PersonRow>({ text: BATCH, values: [last] });
    const after = rows.at(-1)?.person;
    if (after === undefined) return drifted;
    for (const { person, entries, cards } of rows)
      if (!same(cardsFrom(entries ?? []), cards ?? [])) drifted.push(person);
    last = after;
  }
}

const FIELDS = [
  'serial',
  'type',
  'status',
  'caseId',
  'issuedOn',
  'expiresOn',
  'validFrom',
  'validTo',
  'replacedBy',
] as const;

const same = (a: readonly CardState[], b: readonly CardState[]): boolean =>
  a.length === b.length && a.every((card, i) => FIELDS.every((field) => card[field] === b[i]?.[field]));
