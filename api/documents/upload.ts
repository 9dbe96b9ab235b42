import { z } from 'zod';
import { instant } from '../../domain/time';
import { bareImage } from '../../adapters/photo/bare';
import { LARGEST_PHOTO, type PhotoRefusal } from '../../adapters/photo/port';
import { identityNumberInHeader } from '../http/identity-number';
import type { ApiDeps } from '../deps';
import { photosMeasured } from '../health/metrics';
import { route, type Route } from '../http/route';
import type { ProblemCode } from '../problems/catalogue';
import { Problem } from '../problems/problem';
import { refuseOfficialBodies } from '../services/caller-client';

export const PhotoMeasurement = z
  .object({
    width: z.int(),
    height: z.int(),
    faces: z.int(),
    confidence: z.number(),
    faceHeightRatio: z.number(),
    offCentre: z.number(),
    tilt: z.number(),
    backgroundWhiteness: z.number(),
    backgroundEvenness: z.number(),
    sharpness: z.number(),
    takenOn: z.string().optional().meta({ format: 'date', description: 'As the camera said, where it did' }),
  })
  .meta({
    id: 'PhotoMeasurement',
    description: 'What was measured on the portrait; whether it is good enough is decided in the case',
  });

const DocumentKept = z.object({ documentRef: z.string(), measurement: PhotoMeasurement }).meta({ id: 'DocumentKept' });

const PROBLEM_OF = {
  'not-an-image': 'photo-not-an-image',
  'unsupported-format': 'photo-unsupported-format',
  'too-many-pixels': 'photo-too-many-pixels',
  'too-large': 'photo-too-large',
  truncated: 'photo-truncated',
} as const satisfies Record<PhotoRefusal, ProblemCode>;

const typeOf = (bytes: Buffer): string => (bytes[0] === 0x89 ? 'image/png' : 'image/jpeg');

/** Photos are measured when they arrive, so that a case never waits for it and a bad file is refused where it can be mended. */
export function uploadRoute({ vault, photoGauge, documents, documentFacts, now = Date.now }: ApiDeps): Route {
  return route({
    method: 'post',
    path: '/v1/documents',
    tag: 'Documents',
    operationId: 'uploadDocument',
    summary: 'Upload a portrait',
    description:
      'JPEG or PNG, up to 8 MB. The same bytes for the same person give the same documentRef. The picture alone is kept, without what its camera wrote beside it.',
    roles: ['portal', 'caseworker', 'supervisor'],
    raw: { mediaTypes: ['image/jpeg', 'image/png'], limit: LARGEST_PHOTO, tooLarge: 'photo-too-large' },
    headers: [{ name: 'Identity-Number', required: true, description: 'Whose portrait it is', example: '1000000008' }],
    success: { status: 201, description: 'Kept, and measured', schema: DocumentKept },
    problems: [
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
      'photo-not-an-image',
      'photo-unsupported-format',
      'photo-too-many-pixels',
      'photo-too-large',
      'photo-truncated',
      'person-erased',
      'temporarily-unavailable',
    ],
    async handle({ req, body, caller }) {
      refuseOfficialBodies(caller);
      const number = identityNumberInHeader(req);
      const bytes = body as Buffer;
      const measured = await photoGauge.measure(bytes);
      if ('refusal' in measured) {
        photosMeasured.inc({ outcome: measured.refusal });
        throw new Problem(PROBLEM_OF[measured.refusal]);
      }
      const { measurement } = measured;
      const bare = await bareImage(bytes);
      if (!bare) throw new Problem('photo-truncated');
      const person = vault.personRef(number);
      const contentType = typeOf(bytes);
      const { documentRef } = await documents.put({ person, contentType, bytes: bare });
      await documentFacts.keep(documentRef, {
        person,
        contentType,
        bytes: bare.length,
        measurement,
        uploadedBy: caller.id,
        uploadedAt: instant(now()),
      });
      photosMeasured.inc({ outcome: 'kept' });
      return { body: { documentRef, measurement } };
    },
  });
}
