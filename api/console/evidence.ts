import { z } from 'zod';
import type { CaseFile, Role } from '../../domain/case/model';
import { nationalityWords } from '../../domain/nationalities';
import { millis } from '../../domain/time';
import { judgePhoto, type Bounds, type PhotoPolicy } from '../../domain/photo-verdict';
import type { Caller } from '../auth/caller';
import { isAtOffice, officeHeldTo, seenCase } from '../cases/access';
import { CaseParams } from '../cases/schemas';
import { textOf } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { PhotoMeasurement } from '../documents/upload';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import {
  amendedEntry,
  AmendedEntry,
  appealedCase,
  AppealedCase,
  namedInAmendment,
  partOf,
  Statement,
  statementOf,
} from './linked';
import { lookedAt } from './looks';
import { unlessErased } from './said';

/** Those who decide or check; an operator repairs without seeing whom it is about. */
export const WHO_SEES: readonly Role[] = ['caseworker', 'supervisor', 'committee', 'auditor'];

type WithPhoto = CaseFile & {
  readonly photoRef?: string;
  readonly photo?: { readonly verdict: 'pass' | 'doubt' | 'fail'; readonly reasons: readonly string[] };
};

const BoundsView = z.object({ pass: z.number(), fail: z.number() });

const PhotoEvidence = z
  .object({
    href: z.string(),
    measurement: PhotoMeasurement.nullable(),
    verdict: z.enum(['pass', 'doubt', 'fail']).nullable(),
    reasons: z.array(z.object({ rule: z.string(), value: z.number(), limit: z.number(), text: BilingualText })),
    limits: z
      .record(z.string(), BoundsView)
      .meta({ description: 'Of the policy that the case is under: surely good from `pass`, surely bad beyond `fail`' }),
    uploadedAt: z.string().nullable(),
  })
  .meta({ id: 'PhotoEvidence' });

export const Evidence = z
  .object({
    part: BilingualText.meta({ description: 'What the person is in the case' }),
    applicant: z
      .object({
        nameAr: z.string(),
        nameEn: z.string(),
        identityNumber: z.string().meta({ description: 'The last four digits; the rest is masked' }),
        birthDate: z.string(),
        sex: z.enum(['M', 'F']),
        nationality: z.string().meta({ description: 'Three letters, as ICAO has them' }),
        nationalityText: BilingualText,
        birthPlaceAr: z.string(),
        birthPlaceEn: z.string(),
      })
      .nullable()
      .meta({ description: 'null when the person was erased' }),
    card: z.object({ serial: z.string(), issuedOn: z.string(), expiresOn: z.string(), status: z.string() }).nullable(),
    photo: PhotoEvidence.nullable(),
    lastPhoto: z
      .object({
        href: z.string(),
        caseId: z
          .string()
          .nullable()
          .meta({ description: 'null for the one that the person came into the register with' }),
        takenOver: z.string(),
      })
      .nullable()
      .meta({ description: "The portrait of the person's card before" }),
    delivery: z.object({ method: z.string(), office: z.string().optional() }).nullable(),
    reason: z.string().nullable(),
    statement: Statement.nullable(),
    appealed: AppealedCase.nullable().meta({ description: 'Of an appeal: the case that it is about' }),
    amended: AmendedEntry.nullable().meta({ description: 'Of an amendment: the entry before and after' }),
  })
  .meta({ id: 'Evidence' });

export function evidenceRoutes(deps: ApiDeps): Route[] {
  return [evidenceRoute(deps), photoRoute(deps)];
}

/** Personal data is for the office that has the case; central staff have no office and see all. */
export async function evidenceCase(deps: ApiDeps, id: string, caller: Caller) {
  const seen = await seenCase(deps.readModel, id, caller);
  const office = officeHeldTo(caller, WHO_SEES);
  if (office !== undefined && !isAtOffice(seen.file, office)) throw new Problem('another-office');
  return seen;
}

function limitsOf({ ratio, ...policy }: PhotoPolicy): Record<string, Bounds> {
  return { ...policy, ratio: ratio.tolerance };
}

interface LastPhoto {
  readonly caseId: string | null;
  readonly takenOver: string;
  readonly photoRef: string;
}

/** The portrait on the card before: of the last case that had ended in one when this was filed, else the one that the register began with. */
async function lastPhotoOf({ readModel, portraits }: ApiDeps, file: CaseFile): Promise<LastPhoto | undefined> {
  const { subject, type, filedAt } = file;
  const page = await readModel.caseList({ filters: { subject, filedTo: filedAt }, sort: 'newest', limit: 20 });
  const before = ('items' in page ? page.items : []).find(
    (each) =>
      each.type === type &&
      each.status === 'COMPLETED' &&
      each.closedAt !== null &&
      millis(each.closedAt) <= millis(filedAt),
  );
  const found = before && (await readModel.caseById(before.id));
  const photoRef = found && (found.file as WithPhoto).photoRef;
  if (before?.closedAt && photoRef) return { caseId: before.id, takenOver: before.closedAt, photoRef };
  const enrolled = await portraits.of(subject);
  return enrolled ? { caseId: null, takenOver: enrolled.takenOn, photoRef: enrolled.documentRef } : undefined;
}

function evidenceRoute(deps: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/cases/{id}/evidence',
    tag: 'Evidence',
    operationId: 'getEvidence',
    summary: 'What a decision rests on: the person, the card, the photo and what was measured on it',
    description: 'Personal data: for the staff who decide, and for auditors.',
    roles: WHO_SEES,
    params: CaseParams,
    success: { status: 200, description: 'The evidence', schema: Evidence },
    problems: ['case-not-found', 'another-office', 'temporarily-unavailable'],
    async handle({ params, caller }) {
      const { type, file } = await evidenceCase(deps, params.id, caller);
      await lookedAt(deps, caller, [file.subject, ...namedInAmendment(file)], file.id);
      const { photoRef, photo } = file as WithPhoto;
      const [facts, identity, kept, last, statement, appealed, amended] = await Promise.all([
        deps.register.facts(file.subject),
        unlessErased(deps.register.identity(file.subject)),
        photoRef === undefined ? null : deps.documentFacts.find(photoRef),
        lastPhotoOf(deps, file),
        statementOf(deps, file),
        appealedCase(deps, file, caller),
        amendedEntry(deps, file),
      ]);
      const policy = type.photoPolicy?.(file.policyVersion);
      const judged = kept?.measurement && policy ? judgePhoto(kept.measurement, policy) : undefined;
      const { delivery, reason } = file as CaseFile & {
        delivery?: { method: string; office?: string };
        reason?: string;
      };
      return {
        body: {
          part: partOf(file),
          applicant: identity && {
            nameAr: identity.nameAr,
            nameEn: identity.nameEn,
            identityNumber: identity.identityNumber.slice(-4),
            birthDate: identity.birthDate,
            sex: identity.sex,
            nationality: identity.nationality,
            nationalityText: nationalityWords(identity.nationality),
            birthPlaceAr: identity.birthPlaceAr,
            birthPlaceEn: identity.birthPlaceEn,
          },
          card: facts?.card
            ? {
                serial: facts.card.serial,
                issuedOn: facts.card.issuedOn,
                expiresOn: facts.card.expiresOn,
                status: facts.card.status,
              }
            : null,
          photo:
            photoRef === undefined
              ? null
              : {
                  href: `/v1/cases/${file.id}/photo?v=${photoRef.slice(-8)}`,
                  measurement: kept?.measurement ?? null,
                  verdict: photo?.verdict ?? judged?.verdict ?? null,
                  reasons: (judged?.reasons ?? []).map((each) => ({ ...each, text: textOf(type, 'rules', each.rule) })),
                  limits: policy ? limitsOf(policy) : {},
                  uploadedAt: kept?.uploadedAt ?? null,
                },
          lastPhoto: last
            ? { href: `/v1/cases/${file.id}/photo?which=last`, caseId: last.caseId, takenOver: last.takenOver }
            : null,
          delivery: delivery
            ? { method: delivery.method, ...(delivery.office ? { office: delivery.office } : {}) }
            : null,
          reason: reason ?? null,
          statement,
          appealed,
          amended,
        },
      };
    },
  });
}

function photoRoute(deps: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/cases/{id}/photo',
    tag: 'Evidence',
    operationId: 'getPhoto',
    summary: 'The portrait of a case, or of the card before',
    roles: WHO_SEES,
    params: CaseParams,
    query: z.strictObject({
      which: z.enum(['current', 'last']).default('current'),
      v: z.string().max(40).optional().meta({ description: 'Changes with the photo, for caches' }),
    }),
    success: { status: 200, description: 'The image', mediaType: 'image/jpeg' },
    problems: [
      'case-not-found',
      'another-office',
      'photo-not-kept',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ params, query, caller, res }) {
      const { file } = await evidenceCase(deps, params.id, caller);
      const ref = query.which === 'current' ? (file as WithPhoto).photoRef : (await lastPhotoOf(deps, file))?.photoRef;
      const photo = ref === undefined ? null : await deps.documents.get(ref);
      if (photo?.person !== file.subject) throw new Problem('photo-not-kept');
      await lookedAt(deps, caller, [file.subject], file.id);
      res
        .status(200)
        .set({ 'cache-control': 'no-store', 'content-disposition': 'inline' })
        .type(photo.contentType)
        .send(Buffer.from(photo.bytes));
      return undefined;
    },
  });
}
