import { z } from 'zod';
import type { ApiDeps } from '../deps';
import { openRoute, type Route } from '../http/route';

const Jwks = z
  .object({
    keys: z.array(
      z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string(), use: z.string() }),
    ),
  })
  .meta({ id: 'Jwks', description: 'RFC 7517' });

const VcIssuer = z
  .object({ issuer: z.string(), jwks_uri: z.string() })
  .meta({ id: 'JwtVcIssuer', description: 'As SD-JWT VC has it' });

const KEPT = { 'cache-control': 'public, max-age=3600' };

/** What checks a signature: the keys, and who says that they are its own. */
export const keysRoutes = (deps: ApiDeps): Route[] => [keysRoute(deps), issuerRoute(deps)];

function issuerRoute({ settings }: ApiDeps): Route {
  return openRoute({
    method: 'get',
    path: '/.well-known/jwt-vc-issuer',
    tag: 'Verification',
    operationId: 'credentialIssuer',
    summary: 'Who issues the credentials, and where the keys are',
    open: 'public',
    limited: true,
    success: { status: 200, description: 'The issuer', schema: VcIssuer },
    problems: ['too-many-requests'],
    handle: () => {
      const { publicUrl } = settings;
      return Promise.resolve({
        body: { issuer: publicUrl, jwks_uri: `${publicUrl}/.well-known/jwks.json` },
        headers: KEPT,
      });
    },
  });
}

function keysRoute({ services }: ApiDeps): Route {
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
        headers: KEPT,
      }),
  });
}
