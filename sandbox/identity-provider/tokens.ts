import { SignJWT } from 'jose';
import { z } from 'zod';
import { roles } from '../../domain/case/model';
import { Id } from '../core/wire';
import { ALGORITHM, type SigningKeys } from './keys';
import { type Person, personOf } from './people';

/** As short as providers have it: who stays longer renews it. */
export const STAFF_TOKEN_SECONDS = 300;
export const PORTAL_TOKEN_SECONDS = 3600;

/** Any token a test may want; what is not given is right. `as` starts from one of the sandbox's people. */
export const TokenOrder = z.strictObject({
  as: Id.optional(),
  sub: Id.optional(),
  roles: z.array(z.enum(roles)).optional(),
  office: Id.optional(),
  channel: Id.optional(),
  clientId: Id.optional(),
  audience: z.string().optional(),
  issuer: z.string().optional(),
  /** Negative for a token that has expired. */
  lifetimeSeconds: z.number().int().default(3600),
});
export type TokenOrder = z.infer<typeof TokenOrder>;

/** Signs every token that the identity provider gives out. */
export class TokenMint {
  constructor(
    private readonly keys: SigningKeys,
    readonly issuer: () => string,
    readonly audience: string,
  ) {}

  portal(client: string): Promise<string> {
    return this.access({ sub: client, roles: ['portal'], client_id: client, channel: client }, PORTAL_TOKEN_SECONDS);
  }

  staff(person: Person, clientId: string, seconds: number): Promise<string> {
    return this.access({ ...staffClaims(person), client_id: clientId }, seconds);
  }

  /** For the client to know who signed in; the API takes access tokens only. */
  identity(person: Person, clientId: string, nonce: string | undefined): Promise<string> {
    const claims = { ...staffClaims(person), ...(nonce !== undefined && { nonce }) };
    return this.sign(claims, { typ: 'JWT', audience: clientId, issuer: this.issuer(), seconds: STAFF_TOKEN_SECONDS });
  }

  any(order: TokenOrder): Promise<string> {
    const person = order.as === undefined ? undefined : personOf(order.as);
    const claims = {
      ...(person && staffClaims(person)),
      ...(order.sub !== undefined && { sub: order.sub }),
      ...(order.roles && { roles: order.roles }),
      ...(order.office !== undefined && { office: order.office }),
      ...(order.channel !== undefined && { channel: order.channel }),
      ...(order.clientId !== undefined && { client_id: order.clientId }),
    };
    return this.sign(claims, {
      typ: 'at+jwt',
      audience: order.audience ?? this.audience,
      issuer: order.issuer ?? this.issuer(),
      seconds: order.lifetimeSeconds,
    });
  }

  private access(claims: Record<string, unknown>, seconds: number): Promise<string> {
    return this.sign(claims, { typ: 'at+jwt', audience: this.audience, issuer: this.issuer(), seconds });
  }

  private sign(
    claims: Record<string, unknown>,
    { typ, audience, issuer, seconds }: { typ: string; audience: string; issuer: string; seconds: number },
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: this.keys.kid, typ })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.keys.privateKey);
  }
}

/** Names stand under OIDC's own claim, in English, and by language tag in Arabic. */
export const staffClaims = (person: Person): Record<string, unknown> => ({
  sub: person.sub,
  name: person.nameEn,
  'name#ar': person.nameAr,
  roles: person.roles,
  office: person.office,
});
