import { compactVerify, createLocalJWKSet } from 'jose';
import { z } from 'zod';
import type { Signer } from '../../adapters/signing/port';
import { certificateClaims, type CertifiedEvent } from '../../cards/certificate';
import type { LocalDate } from '../../domain/time';

/** Kinds of signed codes, so that one is never taken for the other. */
const CERTIFICATE = 'civil-certificate+jwt';
const FAMILY_RECORD = 'family-record+jwt';

const CertificateClaims = z.object({
  serial: z.string(),
  event: z.string(),
  on: z.string(),
  issuedOn: z.string(),
});
const FamilyRecordClaims = z.object({ number: z.string(), issuedOn: z.string() });

export type ReadCode =
  | { readonly kind: 'certificate'; readonly claims: z.infer<typeof CertificateClaims> }
  | { readonly kind: 'family-record'; readonly claims: z.infer<typeof FamilyRecordClaims> };

/** The text of a certificate's QR code: the same for the same certificate, for ever, as Ed25519 signs without chance. */
export const certificateCode = (signer: Signer, record: CertifiedEvent): string =>
  signer.sign(CERTIFICATE, certificateClaims(record));

export const familyRecordCode = (signer: Signer, number: string, issuedOn: LocalDate): string =>
  signer.sign(FAMILY_RECORD, { number, issuedOn });

/** What a code says; null for whatever our keys did not sign as one of these. */
export function codeReader({ keys }: Pick<Signer, 'keys'>): (code: string) => Promise<ReadCode | null> {
  const keySet = createLocalJWKSet({ keys: [...keys] });
  return async (code) => {
    const signed = await compactVerify(code, keySet, { algorithms: ['EdDSA'] }).catch(() => null);
    if (!signed) return null;
    const said: unknown = JSON.parse(new TextDecoder().decode(signed.payload));
    switch (signed.protectedHeader.typ) {
      case CERTIFICATE: {
        const { data: claims } = CertificateClaims.safeParse(said);
        return claims ? { kind: 'certificate', claims } : null;
      }
      case FAMILY_RECORD: {
        const { data: claims } = FamilyRecordClaims.safeParse(said);
        return claims ? { kind: 'family-record', claims } : null;
      }
      default:
        return null;
    }
  };
}
