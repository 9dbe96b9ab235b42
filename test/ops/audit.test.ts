import { generateKeyPairSync } from 'node:crypto';
import type { AuditLog } from '../../adapters/case-log/audit-port';
import { auditAll, auditFrom, checkHead, isHeadKey, newKeyPair, signHead } from '../../ops/audit';

const NOW = '2026-11-23T02:00:00.000Z';
const quiet = (): void => undefined;
const CASES = Array.from({ length: 450 }, (_, n) => `c-${String(n).padStart(4, '0')}`);
const PLACES = 12_000;

/** Two events of each case; one case is broken, and the events of another one have lost their case. */
const log = (change: Partial<AuditLog> = {}): AuditLog => ({
  case: () => Promise.reject(new Error('not asked here')),
  casesAfter: (after, limit) =>
    Promise.resolve(
      CASES.filter((id) => id > after)
        .slice(0, limit)
        .map((caseId) => ({
          caseId,
          events: 2,
          head: '',
          broken: caseId === 'c-0300' ? { version: 2, what: 'hash' as const } : null,
        })),
    ),
  orphans: (after, upTo) =>
    Promise.resolve(
      [7_000, 11_000]
        .filter((place) => place > after && place <= upTo)
        .map((place) => ({ caseId: 'gone', version: place === 7_000 ? 1 : 2 })),
    ),
  links: (after, upTo) =>
    Promise.resolve(
      Array.from({ length: upTo - after }, (_, n) => ({ hash: Buffer.from(String(after + n)), holds: true })),
    ),
  lastPlace: () => Promise.resolve(PLACES),
  ...change,
});

test('an audit in parts, each begun where the one before ended, finds what the whole one finds', async () => {
  const whole = await auditAll(log(), quiet);
  expect(whole).toEqual({
    cases: 450,
    events: 900,
    broken: [
      { caseId: 'c-0300', version: 2, what: 'hash' },
      { caseId: 'gone', version: 1, what: 'events-without-case' },
    ],
  });

  const parts = [await auditFrom(log(), null, 2)];
  for (let next = parts[0]!.next; next !== null; next = parts.at(-1)!.next) parts.push(await auditFrom(log(), next, 2));
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.reduce((sum, { cases }) => sum + cases, 0)).toBe(whole.cases);
  expect(parts.reduce((sum, { events }) => sum + events, 0)).toBe(whole.events);
  const found = parts.flatMap(({ broken }) => broken);
  expect(found).toEqual(expect.arrayContaining([...whole.broken]));
});

test('what is no place of an audit is not taken for its beginning', async () => {
  for (const cursor of ['', 'place.1', 'case.a b', 'somewhere'])
    await expect(auditFrom(log(), cursor, 1)).rejects.toThrow(RangeError);
});

test('a head of more than the log has ever had is told at once, and nothing is read for it', async () => {
  const { privateKey, publicKey } = newKeyPair();
  const head = await signHead(log(), privateKey, NOW, quiet);
  expect(await checkHead(log(), head, publicKey, quiet)).toBe('whole');
  const restored = log({
    lastPlace: () => Promise.resolve(PLACES - 1),
    links: () => Promise.reject(new Error('was read')),
  });
  expect(await checkHead(restored, head, publicKey, quiet)).toBe('events-missing');
});

test('only a public key that heads can be signed for is one', () => {
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const pair = newKeyPair();
  expect(isHeadKey(pair.publicKey)).toBe(true);
  // It would verify as well, and stays where it is.
  expect(isHeadKey(pair.privateKey)).toBe(false);
  expect(isHeadKey(rsa.publicKey)).toBe(false);
  expect(isHeadKey('no key')).toBe(false);
});
