import { z } from 'zod';
import { caseKind } from '../../activities/kinds';
import { rehearse } from '../../activities/rehearsal';
import { actionRule, refuseAction, statusOf } from '../../domain/case/core';
import type { Actor, CaseFile, CaseType } from '../../domain/case/model';
import { REASON_LENGTH } from '../../domain/reason';
import { instant, type Instant } from '../../domain/time';
import { referenced } from '../../workflows/case-types/applications';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem, problemOf } from '../problems/problem';
import { validated } from '../problems/validation';
import { seenCase } from './access';
import { actorFor } from './act';
import { actionBody, actionInput } from './action-bodies';
import { kinshipOfCaller } from './kinship';
import { CaseParams, Money, WaitingFor } from './schemas';
import { textOf } from './texts';
import { waitOf } from './view';

const Stand = z.object({ status: z.string(), text: BilingualText, waitingFor: WaitingFor.nullable() });

export const ActionPreview = z
  .object({
    next: Stand.meta({ description: 'What the applicant sees right after it' }),
    last: Stand.meta({
      description:
        'How far the case gets if all goes well and nobody else decides; the same as `next` where it waits for somebody',
    }),
    messages: z
      .array(
        z.object({
          text: BilingualText,
          to: z.enum(['applicant', 'others']),
          when: z.enum(['at-once', 'later']),
        }),
      )
      .meta({ description: 'What is sent, word for word' }),
    refund: Money.nullable().meta({ description: 'What goes back to the applicant' }),
  })
  .meta({ id: 'ActionPreview' });

const ACTING = ['caseworker', 'supervisor', 'committee', 'operator'] as const;

/** The case as it would be, had this very person claimed it; unchanged where that is not what it lacks. */
function claimedFor(type: CaseType, file: CaseFile, action: string, actor: Actor, at: Instant): CaseFile {
  const claim = actionRule(type, 'claim');
  const why = refuseAction(type, file, { action, actor }, at);
  if (why?.code !== 'not-claimed' || !claim || refuseAction(type, file, { action: 'claim', actor }, at)) return file;
  const request = { id: 'rehearsal', action: 'claim', actor, expectedVersion: file.version, input: {} };
  return claim
    .decide(file, request, at)
    .reduce<CaseFile>(
      (before, event) =>
        type.evolve(before, { caseId: file.id, version: file.version, at, actor, cause: 'rehearsal', event }),
      file,
    );
}

/** What an action would come to for the applicant: rehearsed by the case type's own rules and steps, so no text is written twice. */
export function previewRoute(deps: ApiDeps): Route {
  const { readModel, register, vault, now = Date.now } = deps;
  const hasAddress = async ({ subject }: CaseFile): Promise<boolean> =>
    (await register.facts(subject))?.hasAddress ?? false;

  return route({
    method: 'post',
    path: '/v1/cases/{id}/actions/{action}/preview',
    tag: 'Actions',
    operationId: 'previewAction',
    summary: 'What the applicant would get, if this were done now',
    description: 'Takes what the action takes, a reason not needed. Nothing is done and nothing is sent.',
    roles: ACTING,
    params: z.object({ id: CaseParams.shape.id, action: z.string().max(64) }),
    query: z.strictObject({
      claimFirst: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'As if you had claimed the case just before' }),
    }),
    documentedBody: z.record(z.string(), z.unknown()),
    success: { status: 200, description: 'What would come of it', schema: ActionPreview },
    problems: [
      'case-not-found',
      'unknown-action',
      'another-office',
      'not-your-role',
      'four-eyes',
      'supervisor-only',
      'related-official',
      'official-unknown',
      'took-part',
      'action-forbidden',
      'case-closed',
      'on-hold',
      'incident',
      'not-in-this-status',
      'claimed-by-another',
      'not-claimed',
      'action-not-allowed-now',
      'action-input-refused',
      'validation-failed',
      'unknown-field',
      'temporarily-unavailable',
    ],
    async handle({ params, query, body, caller }) {
      const { type, file: seen } = await seenCase(readModel, params.id, caller);
      const schema = actionBody(seen.type, params.action);
      if (!schema || !actionRule(type, params.action)) throw new Problem('unknown-action');
      const at = instant(now());
      const actor = actorFor(type, seen, params.action, caller, at);
      const parsed = actionInput(
        validated(schema.extend({ reason: z.string().max(REASON_LENGTH.most).optional() }), body),
      );
      const input = referenced(seen.type, parsed.input, (number) => vault.personRef(number));
      const file = query.claimFirst === 'true' ? claimedFor(type, seen, params.action, actor, at) : seen;
      const kinship = await kinshipOfCaller(deps, type, file, caller, at);
      const why = refuseAction(type, file, { action: params.action, actor, input }, at, kinship);
      if (why) throw problemOf(why);
      const request = { id: 'rehearsal', action: params.action, actor, expectedVersion: file.version, input };
      const { first, last, messages, refunds } = await rehearse(
        caseKind(file.type),
        file,
        request,
        at,
        await hasAddress(file),
      );
      const stand = (as: CaseFile): z.infer<typeof Stand> => ({
        status: statusOf(as),
        text: textOf(type, 'statuses', statusOf(as)),
        waitingFor: waitOf(type, as),
      });
      const halalas = refunds.reduce((sum, amount) => sum + amount.halalas, 0);
      return {
        body: {
          next: stand(first),
          last: stand(last),
          messages: messages.map(({ text, toApplicant, atOnce }) => ({
            text,
            to: toApplicant ? ('applicant' as const) : ('others' as const),
            when: atOnce ? ('at-once' as const) : ('later' as const),
          })),
          refund: halalas > 0 ? { halalas, currency: 'SAR' as const } : null,
        },
      };
    },
  });
}
