import { OutsideFailure } from '../../domain/failures';
import type { Beneficiary } from '../../domain/identity-number';
import type { ActOf, ServiceOutcome } from '../../domain/services/acts';
import { shareEvents, shareRefusalAt, shareStateAt } from '../../domain/services/shares';
import { millis, type Instant } from '../../domain/time';
import type { Database, Session } from '../postgres/database';
import { appendLine } from '../service-log/postgres';
import type { Party, Share, ShareNote, Shares } from './port';

const COLUMNS = `id, person, client, recipient, fields, purpose_digest AS "purposeDigest", granted_at AS "grantedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", ended_at AS "endedAt",
  (SELECT p.died_on FROM persons p WHERE p.person = shares.person) AS "diedOn"`;
const FIND = `SELECT ${COLUMNS} FROM shares WHERE id = $1`;
const GRANT = `INSERT INTO shares (id, person, client, recipient, fields, purpose_digest, granted_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`;
const pageOf = (column: 'recipient' | 'person'): string =>
  `SELECT ${COLUMNS} FROM shares WHERE ${column} = $1 AND ($2::timestamptz IS NULL OR (granted_at, id) < ($2, $3)) ORDER BY granted_at DESC, id DESC LIMIT $4`;
const UNTOLD = `SELECT l.seq, l.what FROM shares s JOIN service_log l ON l.ref = s.id AND l.service = 'my-data-enhanced'
  WHERE s.id = $1 AND l.seq > s.told_seq AND l.outcome = 'served' AND l.what = ANY ($2) ORDER BY l.seq LIMIT 100`;
const FORSAKEN = `SELECT s.id, s.expires_at AS "expiresAt" FROM shares s
  WHERE (s.ended_at IS NULL AND s.revoked_at IS NULL AND s.expires_at < $1)
    OR coalesce(s.ended_at, s.revoked_at, $1) > $1::timestamptz - interval '7 days' AND EXISTS (SELECT FROM service_log l WHERE l.ref = s.id AND l.service = 'my-data-enhanced' AND l.seq > s.told_seq
      AND l.outcome = 'served' AND l.what = ANY ($2) AND l.at < $1)
  ORDER BY s.granted_at, s.id LIMIT $3`;

const TELL_RELATIVES = `INSERT INTO service_log (at, service, what, outcome, channel, client, beneficiary, person, ref)
  SELECT $1, 'my-data-enhanced', 'family-fetched', 'served', $2, $3, p.beneficiary, p.person, $4 FROM persons p
  WHERE p.person = ANY ($5) AND p.died_on IS NULL ORDER BY p.person`;

const stands = (share: Share, at: Instant): boolean => shareStateAt(share, millis(at)) === 'active';

export function createShares(database: Database): Shares {
  const db = database.from('register');
  const find = async (session: Session, id: string, lock = ''): Promise<Share | null> => {
    const [share] = await session.query<Share>({ text: FIND + lock, values: [id] });
    return share ?? null;
  };
  const known = async (session: Session, id: string, lock = ''): Promise<Share> => {
    const share = await find(session, id, lock);
    if (!share) throw new OutsideFailure('refused', 'register', 'share-unknown', 'there is no such share');
    return share;
  };
  const note = async (
    session: Session,
    share: Pick<Share, 'id' | 'person'>,
    by: Party,
    what: ActOf<'my-data-enhanced'>,
    outcome: ServiceOutcome,
    at: Instant,
  ): Promise<void> => {
    const [person] = await session.query<{ beneficiary: Beneficiary }>({
      name: 'beneficiary-of',
      text: 'SELECT beneficiary FROM persons WHERE person = $1',
      values: [share.person],
    });
    const about = { beneficiary: person?.beneficiary ?? 'citizen', person: share.person, ref: share.id };
    await appendLine(session, { at, service: 'my-data-enhanced', what, outcome, ...by, ...about });
  };
  const page =
    (column: 'recipient' | 'person'): Shares['ofPerson'] =>
    (of, before, limit) =>
      db.query<Share>({ text: pageOf(column), values: [of, before?.grantedAt ?? null, before?.id ?? null, limit] });

  return {
    grant: (share, by) =>
      db.transaction(async (session) => {
        const { id, person, client, recipient, fields, purposeDigest, grantedAt, expiresAt } = share;
        const [made] = await session.query<Share>({
          text: GRANT,
          values: [id, person, client, recipient, fields, purposeDigest, grantedAt, expiresAt],
        });
        if (!made) return { share: await known(session, id), made: false };
        await note(session, made, by, 'shared', 'served', grantedAt);
        return { share: made, made: true };
      }),
    find: (id) => find(db, id),
    withRecipient: page('recipient'),
    ofPerson: page('person'),
    revoke: (id, by, at) =>
      db.transaction(async (session) => {
        const share = await known(session, id, ' FOR UPDATE');
        if (!stands(share, at)) return;
        await session.query({ text: 'UPDATE shares SET revoked_at = $2 WHERE id = $1', values: [id, at] });
        await note(session, share, by, 'revoked', 'served', at);
      }),
    fetch: (id, by, at, relatives) =>
      db.transaction(async (session) => {
        // Not a lock that two fetches hold at once: the person was told up to a line's number, so that numbers must not be seen out of order.
        const share = await known(session, id, ' FOR NO KEY UPDATE');
        const refused = shareRefusalAt(share, millis(at));
        if (refused !== null) return { share, refused };
        await note(session, share, by, 'fetched', 'served', at);
        if (relatives.length > 0)
          await session.query({ text: TELL_RELATIVES, values: [at, by.channel, by.client, id, [...relatives]] });
        return { share, refused };
      }),
    refuse: (share, by, why, at) => note(db, share, by, 'refused', why, at),
    end: (id, at) =>
      db.transaction(async (session) => {
        const share = await known(session, id, ' FOR UPDATE');
        if (share.endedAt !== null || share.revokedAt !== null) return;
        await session.query({ text: 'UPDATE shares SET ended_at = $2 WHERE id = $1', values: [id, at] });
        await note(session, share, { client: 'tajdid', channel: 'tajdid' }, 'expired', 'served', at);
      }),
    untold: (id) => db.query<ShareNote>({ text: UNTOLD, values: [id, [...shareEvents]] }),
    forsaken: (before, limit) => db.query({ text: FORSAKEN, values: [before, [...shareEvents], limit] }),
    async told(id, seq) {
      await db.query({ text: 'UPDATE shares SET told_seq = greatest(told_seq, $2) WHERE id = $1', values: [id, seq] });
    },
  };
}
