import type { Caller } from '../../domain/caller';

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
}

/** Each way in which a token can be no good. With `identity-provider-silent` the same token may be good later. */
export type TokenFault =
  | 'token-missing'
  | 'token-malformed'
  | 'token-unsigned'
  | 'token-algorithm-not-allowed'
  | 'token-signature-wrong'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'token-wrong-audience'
  | 'token-wrong-issuer'
  | 'identity-provider-silent';

export class TokenRefused extends Error {
  constructor(readonly code: TokenFault) {
    super(code);
    this.name = 'TokenRefused';
  }
}

/** Takes what an Authorization header says; throws a TokenRefused. */
export type TokenCheck = (authorization: string | undefined) => Promise<Caller>;
