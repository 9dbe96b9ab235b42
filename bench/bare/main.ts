import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'pg';

const FIND = {
  name: 'find',
  text: `SELECT p.birth_date, c.status, c.expires_on FROM persons p LEFT JOIN LATERAL (
      SELECT * FROM cards WHERE person = p.person AND issued_on IS NOT NULL ORDER BY status = 'valid' DESC, issued_on DESC LIMIT 1) c ON true
    WHERE p.person = $1`,
};
const LOG = { name: 'log', text: 'INSERT INTO bare_log (at, person, outcome) VALUES (now(), $1, $2)' };

/** The rival: Express, and the same two queries. No token, no guard, no validation, no signature, no request log, no metrics. */
async function main(): Promise<void> {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });
  await pool.query(
    'CREATE TABLE IF NOT EXISTS bare_log (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, person text NOT NULL, outcome text NOT NULL)',
  );
  await pool.query('CREATE INDEX IF NOT EXISTS bare_log_person ON bare_log (person, seq)');
  const app = express();
  app.use(express.json());
  const verify = async ({ person }: { person: string }): Promise<object> => {
    const found = await pool.query<{ status: string }>({ ...FIND, values: [person] });
    const verdict = found.rows[0]?.status ?? 'unknown';
    await pool.query({ ...LOG, values: [person, verdict] });
    return { verdict };
  };
  app.post('/verify', (req, res, next) => {
    verify(req.body as { person: string }).then((answer) => res.json(answer), next);
  });
  const server = app.listen(0, '127.0.0.1', () =>
    process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`),
  );
  process.once('SIGTERM', () => process.exit(0));
}

void main();
