import { generateKeyPairSync } from 'node:crypto';
import { compactVerify, createLocalJWKSet } from 'jose';
import { createSigner } from '../../adapters/signing/ed25519';
import { readConfig } from '../../engine/config';

const secret = { DATA_DIR: '/nowhere' };
const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const jwks = (seed: Buffer, former: readonly Buffer[]) =>
  createLocalJWKSet({ keys: createSigner(seed, former).keys.map((key) => ({ ...key })) });
const publicOf = (seed: Buffer): string => createSigner(seed).keys[0]?.x ?? '';

/** Every secret given, so that none is made up. */
const config = (change: NodeJS.ProcessEnv) =>
  readConfig({
    ...secret,
    ...Object.fromEntries(
      ['MASTER_KEY', 'LOOKUP_KEY', 'SIGNING_KEY'].map((name) => [name, Buffer.alloc(32, 9).toString('base64')]),
    ),
    ...Object.fromEntries(
      ['PAYMENTS', 'CARD_BUREAU', 'COURIER'].map((name) => [
        `WEBHOOK_SECRET_${name}`,
        Buffer.alloc(32, 3).toString('base64'),
      ]),
    ),
    ...Object.fromEntries(
      ['PAYMENTS', 'CARD_BUREAU', 'COURIER', 'MESSAGES', 'NOTICES'].map((name) => [
        `${name}_API_KEY`,
        'an-api-key-of-theirs',
      ]),
    ),
    ...change,
  });

test('an answer that was signed before the key changed is checked with the keys of today', async () => {
  const signed = createSigner(first).sign('tajdid-verification+jws', { verdict: 'valid' });
  await expect(compactVerify(signed, jwks(second, []))).rejects.toThrow();
  const { formerSigningKeys } = config({ SIGNING_KEYS_FORMER: publicOf(first) });
  const { payload } = await compactVerify(signed, jwks(second, formerSigningKeys));
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ verdict: 'valid' });
});

test('the key that signs comes first, and once even where it stands among the former', () => {
  const { formerSigningKeys } = config({ SIGNING_KEYS_FORMER: `${publicOf(second)}, ${publicOf(first)}` });
  expect(createSigner(second, formerSigningKeys).keys.map(({ x }) => x)).toEqual([publicOf(second), publicOf(first)]);
});

test('what is published of a former key is its public half, as another library has it', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const { d = '' } = privateKey.export({ format: 'jwk' });
  const [current] = createSigner(Buffer.from(d, 'base64url')).keys;
  const [, former] = createSigner(first, [Buffer.from(x, 'base64url')]).keys;
  expect(former).toEqual(current);
});

test.each([
  ['a seed in base64', Buffer.alloc(32, 1).toString('base64')],
  ['half a key', publicOf(first).slice(0, 20)],
])('%s is no public key', (_what, text) => {
  expect(() => config({ SIGNING_KEYS_FORMER: text })).toThrow(/^SIGNING_KEYS_FORMER is not a list of public keys/);
});

test('border numbers look like a deployment says', () => {
  expect(config({ BORDER_NUMBER_PATTERN: 'B[0-9]{8}' }).borderNumbers?.test('B12345678')).toBe(true);
  expect(config({ BORDER_NUMBER_PATTERN: 'B[0-9]{8}' }).borderNumbers?.test('xB12345678')).toBe(false);
  expect(config({}).borderNumbers).toBeUndefined();
  expect(() => config({ BORDER_NUMBER_PATTERN: '(' })).toThrow(/^BORDER_NUMBER_PATTERN is not a regular expression/);
});
