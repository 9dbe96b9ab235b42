import { z } from 'zod';
import type { Share, ShareCursor } from '../../adapters/shares/port';
import { officialBodies } from '../../domain/policies/official-bodies';
import { LONGEST_SHARE_DAYS, shareFields, shareStates } from '../../domain/services/shares';
import { millis, type Instant } from '../../domain/time';
import { Problem } from '../problems/problem';
import { OfficialBody } from './official-bodies';
import { PersonNumberText } from './person-number';

const Moment = z.string().meta({ format: 'date-time' });
const Field = z.enum(shareFields);
export const ShareParams = z.object({
  id: z
    .string()
    .regex(/^shr_[a-z2-7]{26}$/)
    .meta({ example: 'shr_mfrggzdfmztwq2lknnwg23tpob' }),
});
export const IDENTITY_PROBLEMS = [
  'identity-number-not-ten-digits',
  'identity-number-unknown-first-digit',
  'identity-number-wrong-check-digit',
] as const;

export const Granted = z
  .strictObject({
    identityNumber: PersonNumberText,
    recipient: z
      .string()
      .max(128)
      // Checked by the route: who is none has a problem of its own.
      .meta({
        description: 'An official body, as /v1/official-bodies names it',
        enum: officialBodies.map(({ client }) => client),
        example: 'ministry-of-health',
      }),
    fields: z.array(Field).min(1).max(shareFields.length),
    purpose: z.string().trim().min(3).max(200).meta({ description: 'In words; kept with the personal data' }),
    expiresAt: z.iso.datetime({ offset: true }).meta({ description: `At most ${LONGEST_SHARE_DAYS} days from now` }),
  })
  .meta({ id: 'ShareGranted' });

export const ShareView = z
  .object({
    id: z.string(),
    state: z.enum(shareStates),
    recipient: OfficialBody,
    fields: z.array(Field),
    grantedAt: Moment,
    expiresAt: Moment,
    revokedAt: Moment.nullable(),
    receipt: z.string().meta({
      description:
        'For both sides: what was granted, to whom and until when, as a compact JWS without personal data; the purpose is in it as a digest',
    }),
    links: z.object({ self: z.string(), status: z.string() }),
  })
  .meta({ id: 'Share' });
export type ShareView = z.infer<typeof ShareView>;
const PurposeDisclosure = z.string().nullable().meta({
  description:
    'To be kept with the receipt: the disclosure (RFC 9901) of the purpose, whose digest the receipt holds; null for shares from before, and when it is kept no more',
});
export const WithCredential = ShareView.extend({
  credential: z.string().meta({
    description:
      'The portable form: an SD-JWT VC of the granted fields, each of which can be kept back when it is shown',
  }),
}).meta({ id: 'ShareWithCredential' });
export const Fetched = WithCredential.extend({
  purpose: z.string(),
  purposeDisclosure: PurposeDisclosure,
  data: z.record(z.string(), z.unknown()).meta({ description: 'The fields, by name' }),
}).meta({ id: 'SharedData' });
export const OwnShare = ShareView.extend({
  purpose: z.string().nullable().meta({ description: 'As it was granted for; null when it is kept no more' }),
  purposeDisclosure: PurposeDisclosure,
  links: z.object({ self: z.string(), status: z.string(), revoke: z.string() }),
}).meta({ id: 'OwnShare' });
export const OwnShareList = z
  .object({ items: z.array(OwnShare), next: z.string().nullable() })
  .meta({ id: 'OwnShareList' });
export const ShareList = z.object({ items: z.array(ShareView), next: z.string().nullable() }).meta({ id: 'ShareList' });

export const pathOf = (id: string): string => `/v1/shares/${id}`;
export const revokePathOf = (id: string): string => `/v1/people/shares/${id}/revoke`;
export const secondsOf = (at: Instant): number => Math.floor(millis(at) / 1000);

export const PAGE = 50;
const cursorOf = ({ grantedAt, id }: Share): string =>
  Buffer.from(JSON.stringify([grantedAt, id])).toString('base64url');
/** A page of shares, and where the next begins. */
export const pageOf = <T>(shares: readonly Share[], items: T[]): { items: T[]; next: string | null } => {
  const last = shares.at(-1);
  return { items, next: shares.length === PAGE && last ? cursorOf(last) : null };
};
const Cursor = z.tuple([z.iso.datetime(), ShareParams.shape.id]);
export function cursorIn(text: string | undefined): ShareCursor | null {
  if (text === undefined) return null;
  try {
    const [grantedAt, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { grantedAt, id };
  } catch {
    throw new Problem('cursor-invalid');
  }
}
