import { OutsideFailure } from '../../domain/failures';
import type { Beneficiary } from '../../domain/identity-number';
import { millis, type Instant } from '../../domain/time';
import type { Database, Session } from '../postgres/database';
import { appendLine } from '../service-log/postgres';
import type { Party, Share, ShareNote, Shares } from './port';

const COLUMNS = `id, person, client, recipient, fields, granted_at AS "grantedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", ended_at AS "endedAt"`;
const FIND = `SELECT ${COLUMNS} FROM shares WHERE id = $1`;
const GRANT = `INSERT INTO shares (id, person, client, recipient, fields, granted_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`;
const OF_RECIPIENT = `SELECT ${COLUMNS} FROM shares WHERE recipient = $1 AND ($2::timestamptz IS NULL OR (granted_at, id) < ($2, $3)) ORDER BY granted_at DESC, id DESC LIMIT $4`;
const UNTOLD = `SELECT l.seq, l.what FROM shares s JOIN service_log l ON l.ref = s.id AND l.service = 'my-data-enhanced'
  WHERE s.id = $1 AND l.seq > s.told_seq AND l.outcome = 'served' ORDER BY l.seq LIMIT 100`;

const stands = (share: Share, at: Instant): boolean =>
  share.revokedAt === null && share.endedAt === null && millis(share.expiresAt) > millis(at);

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
  const note = (
    session: Session,
    share: Pick<Share, 'id' | 'person'>,
    by: Party,
    what: string,
    outcome: string,
    at: Instant,
  ): Promise<void> =>
    appendLine(session, { at, service: 'my-data-enhanced', what, outcome, ...by, person: share.person, ref: share.id });

  return {
    grant: (share, by) =>
      db.transaction(async (session) => {
        const { id, person, client, recipient, fields, grantedAt, expiresAt } = share;
        const [made] = await session.query<Share>({
          text: GRANT,
          values: [id, person, client, recipient, fields, grantedAt, expiresAt],
        });
        if (!made) return known(session, id);
        await note(session, made, by, 'shared', 'served', grantedAt);
        return made;
      }),
    find: (id) => find(db, id),
    withRecipient: (recipient, before, limit) =>
      db.query<Share>({
        text: OF_RECIPIENT,
        values: [recipient, before?.grantedAt ?? null, before?.id ?? null, limit],
      }),
    revoke: (id, by, at) =>
      db.transaction(async (session) => {
        const share = await known(session, id, ' FOR UPDATE');
        if (!stands(share, at)) return;
        await session.query({ text: 'UPDATE shares SET revoked_at = $2 WHERE id = $1', values: [id, at] });
        await note(session, share, by, 'revoked', 'served', at);
      }),
    fetch: (id, by, at) =>
      db.transaction(async (session) => {
        const share = await known(session, id, ' FOR SHARE');
        const allowed = stands(share, at);
        if (allowed) await note(session, share, by, 'fetched', 'served', at);
        return { share, allowed };
      }),
    refuse: (share, by, why, at) => note(db, share, by, 'refused', why, at),
    end: (id, at) =>
      db.transaction(async (session) => {
        const share = await known(session, id, ' FOR UPDATE');
        if (share.endedAt !== null || share.revokedAt !== null) return;
        await session.query({ text: 'UPDATE shares SET ended_at = $2 WHERE id = $1', values: [id, at] });
        const [person] = await session.query<{ beneficiary: Beneficiary }>({
          text: 'SELECT beneficiary FROM persons WHERE person = $1',
          values: [share.person],
        });
        await note(
          session,
          share,
          { client: 'tajdid', channel: 'tajdid', beneficiary: person?.beneficiary ?? 'citizen' },
          'expired',
          'served',
          at,
        );
      }),
    untold: (id) => db.query<ShareNote>({ text: UNTOLD, values: [id] }),
    async told(id, seq) {
      await db.query({ text: 'UPDATE shares SET told_seq = greatest(told_seq, $2) WHERE id = $1', values: [id, seq] });
    },
  };
}
