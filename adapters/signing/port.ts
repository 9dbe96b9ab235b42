/** The public half of a signing key, as a JWK. */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** Signs what third parties check without asking us. */
export interface Signer {
  /** A compact JWS (RFC 7515) with this payload. `typ` says what it is, so that one kind is never taken for another. */
  sign(typ: string, payload: Readonly<Record<string, unknown>>): string;
  /** The key that signs, and those that did. */
  readonly keys: readonly PublicKey[];
}
