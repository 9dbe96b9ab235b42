import { OutsideFailure } from '../../domain/failures';
import type { Database } from '../postgres/database';
import { personErased, type PersonKeys, type WrappedKey } from '../vault/person-keys';
import { reportLost } from './losses';
import type { PersonFacts, Register } from './port';
import { unsealRecord, type PersonRecord } from './record';

/** A card that was only ever reserved was never in force. */
const FACTS = `SELECT p.beneficiary, p.birth_date AS "birthDate", p.sex, p.died_on AS "diedOn", p.blocked, p.has_address AS "hasAddress", p.losses,
    c.serial, c.type, c.issued_on AS "issuedOn", c.expires_on AS "expiresOn", c.status, l.facts ->> 'lostOn' AS "lostOn", l.effective_on AS "reportedOn"
  FROM persons p LEFT JOIN LATERAL (
    SELECT * FROM cards WHERE person = p.person AND issued_on IS NOT NULL
    ORDER BY status = 'valid' DESC, issued_on DESC, serial DESC LIMIT 1) c ON true
    LEFT JOIN register_entries l ON c.status = 'lost' AND l.key = 'lost:' || c.serial
  WHERE p.person = $1`;

const RECORD = `SELECT p.sealed, k.key_id AS "keyId", k.wrapped FROM persons p JOIN vault_keys k USING (person) WHERE p.person = $1`;

type Card = NonNullable<PersonFacts['card']>;
type CardState = Awaited<ReturnType<Register['cardState']>>;
type Lost = { readonly lostOn: string; readonly reportedOn: string } | { readonly lostOn: null };
type FactsRow = Omit<PersonFacts, 'card'> & ((Omit<Card, 'loss'> & Lost) | { readonly serial: null });

export function createRegister(database: Database, keys: PersonKeys): Register {
  const db = database.from('register');

  const record = async (person: string): Promise<PersonRecord> => {
    const [row] = await db.query<{ sealed: Buffer } & WrappedKey>({
      name: 'register-record',
      text: RECORD,
      values: [person],
    });
    if (!row)
      throw new OutsideFailure('refused', 'register', 'person-unknown', 'the register does not know this person');
    const key = keys.unwrap(person, row, 'register');
    if (!key) throw personErased('register');
    return unsealRecord(key, person, row.sealed);
  };

  return {
    async facts(person) {
      const [row] = await db.query<FactsRow>({ name: 'register-facts', text: FACTS, values: [person] });
      return row ? factsOf(row) : null;
    },
    async identity(person) {
      const { number, nameAr, nameEn, sex, birthDate, birthPlaceAr, birthPlaceEn, nationality } = await record(person);
      return { identityNumber: number, nameAr, nameEn, sex, birthDate, birthPlaceAr, birthPlaceEn, nationality };
    },
    async contact(person) {
      const { phone, language, address } = await record(person);
      return { phone, language, address };
    },
    async reserveCard({ key, person, type, caseId }) {
      const [row] = await db.query<{ serial: string; reservedOn: string }>({
        name: 'register-reserve-card-on',
        text: 'SELECT serial, reserved_on AS "reservedOn" FROM register_reserve_card_on($1, $2, $3, $4)',
        values: [key, person, type, caseId],
      });
      if (!row)
        throw new OutsideFailure('defect', 'register', 'serial-not-answered', 'reserving a card gave no serial');
      return row;
    },
    async cardState(serial) {
      const [row] = await db.query<{ status: NonNullable<CardState> }>({
        text: 'SELECT status FROM cards WHERE serial = $1',
        values: [serial],
      });
      return row?.status ?? null;
    },
    reportLost: (order) => reportLost(db, order),
    async releaseCard({ key, serial, caseId }) {
      await db.query({
        name: 'register-release-card',
        text: 'SELECT register_release_card($1, $2, $3)',
        values: [key, serial, caseId],
      });
    },
    async swapCards({ key, person, caseId, serial, type, issuedOn, expiresOn }) {
      await db.query({
        name: 'register-swap-cards',
        text: 'SELECT register_swap_cards($1, $2, $3, $4, $5, $6, $7)',
        values: [key, person, caseId, serial, type, issuedOn, expiresOn],
      });
    },
  };
}

function factsOf(row: FactsRow): PersonFacts {
  const { beneficiary, birthDate, sex, diedOn, blocked, hasAddress, losses } = row;
  const facts = { beneficiary, birthDate, sex, diedOn, blocked, hasAddress };
  if (row.serial === null) return { ...facts, losses, card: null };
  const { serial, type, issuedOn, expiresOn, status } = row;
  const card = { serial, type, issuedOn, expiresOn, status };
  if (row.lostOn === null) return { ...facts, losses, card };
  return { ...facts, losses: losses - 1, card: { ...card, loss: { lostOn: row.lostOn, reportedOn: row.reportedOn } } };
}
