import { z } from 'zod';
import type { CardPersonalisation } from '../../adapters/card-bureau/port';
import { renderBackPng, renderCard, renderFrontPng, type PrintedCard } from '../../cards/render';
import type { CaseFile } from '../../domain/case/model';
import type { LocalDate } from '../../domain/time';
import { CaseParams } from '../cases/schemas';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { evidenceCase, WHO_SEES } from './evidence';
import { lookedAt } from './looks';
import { unlessErased } from './said';

/** Of a case that ends in a card, whatever its type. */
type WithCard = CaseFile & {
  readonly photoRef?: string;
  readonly facts?: { readonly documentType?: CardPersonalisation['documentType'] };
  readonly card?: { readonly serial: string; readonly issuedOn: LocalDate; readonly expiresOn: LocalDate };
};

const forms = {
  pdf: { mediaType: 'application/pdf', draw: async (card: PrintedCard) => (await renderCard(card)).pdf },
  front: { mediaType: 'image/png', draw: renderFrontPng },
  back: { mediaType: 'image/png', draw: renderBackPng },
} as const;

/** The card as the register and the case have it now: what the bureau was sent, unless the case was mended since. */
async function cardOf(deps: ApiDeps, file: WithCard): Promise<PrintedCard> {
  const { card, photoRef, facts } = file;
  if (!card || photoRef === undefined || !facts?.documentType) throw new Problem('card-not-made');
  const [identity, photo] = await Promise.all([
    unlessErased(deps.register.identity(file.subject)),
    deps.documents.get(photoRef),
  ]);
  if (!identity || photo?.person !== file.subject) throw new Problem('person-erased');
  const { serial, issuedOn, expiresOn } = card;
  return {
    ...identity,
    documentType: facts.documentType,
    serial,
    issuedOn,
    expiresOn,
    photo: photo.bytes,
    qr: `tajdid:card:${serial}`,
  };
}

/** Drawn when it is asked for, and kept nowhere. */
export function cardRoute(deps: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/cases/{id}/card',
    tag: 'Evidence',
    operationId: 'getCard',
    summary: 'The card of a case, drawn: both sides as a PDF, or one as a picture',
    description:
      'What the card bureau lays out from the record it was sent, at its true size: 85.6 x 53.98 mm, pictures at 300 dots an inch. Personal data: for the staff who decide, and for auditors.',
    roles: WHO_SEES,
    params: CaseParams,
    query: z.strictObject({
      form: z
        .enum(['pdf', 'front', 'back'])
        .default('pdf')
        .meta({ description: 'A PDF of two pages, or a PNG of one side' }),
    }),
    success: { status: 200, description: 'The card', mediaType: 'application/pdf', alsoAs: ['image/png'] },
    problems: [
      'case-not-found',
      'another-office',
      'card-not-made',
      'person-erased',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ params, query, caller, res }) {
      const { file } = await evidenceCase(deps, params.id, caller);
      const { mediaType, draw } = forms[query.form];
      const card = await cardOf(deps, file);
      await lookedAt(deps, caller, [file.subject], file.id);
      const bytes = await draw(card);
      res
        .status(200)
        .set({ 'content-type': mediaType, 'cache-control': 'no-store', 'content-disposition': 'inline' })
        .send(bytes);
      return undefined;
    },
  });
}
