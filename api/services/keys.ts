import { z } from 'zod';
import type { ApiDeps } from '../deps';
import { openRoute, type Route } from '../http/route';

/** Whose signature it is, in everything that is signed here. */
export const ISSUER = 'https://tajdid.example';

const Jwks = z
  .object({
    keys: z.array(
      z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string(), use: z.string() }),
    ),
  })
  .meta({ id: 'Jwks', description: 'RFC 7517' });

export function keysRoute({ services }: ApiDeps): Route {
  return openRoute({
    method: 'get',
    path: '/.well-known/jwks.json',
    tag: 'Verification',
    operationId: 'signingKeys',
    summary: 'The public keys that signed answers are checked by',
    open: 'public',
    success: { status: 200, description: 'A JSON Web Key Set', schema: Jwks },
    problems: [],
    handle: () =>
      Promise.resolve({
        body: { keys: [...services.signer.keys] },
        headers: { 'cache-control': 'public, max-age=3600' },
      }),
  });
}
