import { createHash } from 'node:crypto';
import { z } from 'zod';
import { base32 } from '../../domain/base32';
import { canonicalJson } from '../../domain/canonical-json';
import { actionRule, refuseAction } from '../../domain/case/core';
import type { Actor, CaseFile, CaseType } from '../../domain/case/model';
import { nearest } from '../../domain/nearest';
import { sentence } from '../../domain/sentence';
import { instant, type Instant } from '../../domain/time';
import { CaseRefused } from '../../client/cases';
import { keepReason } from '../../ops/reason';
import { actorsIn, type Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { actionsTaken } from '../health/metrics';
import { route, type Route } from '../http/route';
import { Problem, problemOf } from '../problems/problem';
import { validated } from '../problems/validation';
import { callerIn, isVisiting, seenCase } from './access';
import { problemsOfAction } from './action-problems';
import { actionBody, actionInput, actionNames, documentedBody, type ActionInput } from './action-bodies';
import { allEvents, fileAfter } from './history';
import { kinshipOfCaller } from './kinship';
import { namesFor, staffIn } from './names';
import { CaseParams, CaseView } from './schemas';
import { caseView, etagOf } from './view';
import { referenced } from '../../workflows/case-types/applications';

const ACTORS = ['portal', 'caseworker', 'supervisor', 'committee', 'operator'] as const;

/** The version that the caller looked at, from a strong or a weak ETag. */
function expectedVersion(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new Problem('if-match-missing');
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new Problem('if-match-unreadable');
  return Number(version);
}

/** The same for a retry of the same action by the same person on the same version: the case counts it once. */
function requestId(caseId: string, action: string, actor: Actor, version: number, body: unknown): string {
  const text = canonicalJson([caseId, action, actor.id, version, body]);
  return `act_${base32(createHash('sha256').update(text).digest()).slice(0, 32)}`;
}

/** Somebody with several roles acts in the one that may do this now. */
export function actorFor(type: CaseType, file: CaseFile, action: string, caller: Caller, at: Instant): Actor {
  const rule = actionRule(type, action);
  if (!rule) throw new Problem('unknown-action');
  const actors = actorsIn(callerIn(file, caller), rule.by);
  if (actors.length === 0) throw new Problem('not-your-role');
  const here = actors.filter((each) => !isVisiting(file, each));
  const actor = here.find((each) => !refuseAction(type, file, { action, actor: each }, at)) ?? here[0];
  if (!actor) throw new Problem('another-office');
  return actor;
}

export function actionRoutes(deps: ApiDeps): Route[] {
  return [...actionNames.map((action) => actionRoute(action, deps)), unknownActionRoute()];
}

function unknownActionRoute(): Route {
  return route({
    method: 'post',
    path: '/v1/cases/{id}/actions/{action}',
    tag: 'Actions',
    operationId: 'actOnCase',
    summary: 'Any action by its name',
    description:
      'What each action takes stands at its own path. A name that no case type knows is answered with the one that was probably meant.',
    roles: ACTORS,
    params: z.object({ id: z.string(), action: z.string() }),
    headers: [IF_MATCH],
    success: { status: 200, description: 'The case after the action', schema: CaseView, headers: ['ETag'] },
    problems: ['unknown-action'],
    handle({ params }) {
      const meant = nearest(params.action, actionNames);
      const detail = meant && { en: `Did you mean "${meant}"?`, ar: `هل تقصد "${meant}"؟` };
      return Promise.reject(new Problem('unknown-action', detail ? { detail } : {}));
    },
  });
}

const IF_MATCH = {
  name: 'If-Match',
  required: true,
  description: 'The ETag of the case as you saw it',
  example: '"7"',
};

function actionRoute(action: string, deps: ApiDeps): Route {
  const { cases, readModel, vault, now = Date.now } = deps;
  const camel = action.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

  const checkDocument = async (file: CaseFile, { documentRef }: ActionInput): Promise<void> => {
    if (documentRef === undefined) return;
    const fact = await deps.documentFacts.find(documentRef);
    if (fact?.person !== file.subject) throw new Problem('document-not-usable');
  };

  return route({
    method: 'post',
    path: `/v1/cases/{id}/actions/${action}`,
    tag: 'Actions',
    operationId: `${camel}Case`,
    summary: actionTitle(action),
    description: 'A retry of the same request gets the same answer and has no second effect.',
    roles: ACTORS,
    params: CaseParams,
    headers: [IF_MATCH],
    documentedBody: documentedBody(action),
    success: { status: 200, description: 'The case right after the action', schema: CaseView, headers: ['ETag'] },
    problems: problemsOfAction(action),
    async handle({ params, body, caller, req }) {
      const { type, file } = await seenCase(readModel, params.id, caller);
      const schema = actionBody(file.type, action);
      if (!schema) throw new Problem('unknown-action');
      const actor = actorFor(type, file, action, caller, instant(now()));
      const version = expectedVersion(req.headers['if-match']);
      const parsed = actionInput(validated(schema, body));
      const given = { ...parsed, input: referenced(file.type, parsed.input, (number) => vault.personRef(number)) };
      const id = requestId(file.id, action, actor, version, given);

      const answer = async () => {
        const done = fileAfter(type, await allEvents(readModel, file.id), id);
        if (!done) return undefined;
        const [names, kinship] = await Promise.all([
          namesFor(deps.staff, staffIn(done.file), caller),
          kinshipOfCaller(deps, type, done.file, caller, done.at),
        ]);
        return {
          body: caseView(type, done.file, caller, done.at, { names, kinship }),
          headers: { etag: etagOf(done.file.version) },
        };
      };
      const why = refuseAction(
        type,
        file,
        { action, actor, expectedVersion: version, input: given.input },
        instant(now()),
      );
      if (why) {
        // A retry comes to a case that its first try has moved.
        const before = file.version > version ? await answer() : undefined;
        if (before) return before;
        actionsTaken.inc({ action, outcome: why.kind });
        throw problemOf(why);
      }
      await checkDocument(file, given);
      const reasonRef =
        given.reason === undefined
          ? undefined
          : await keepReason(vault, `${file.id}/${id}`, given.reason, actor.id, file.subject);
      try {
        await cases.act(file.id, {
          id,
          action,
          actor,
          expectedVersion: version,
          input: { ...given.input, ...(reasonRef ? { reasonRef } : {}) },
        });
      } catch (error) {
        actionsTaken.inc({ action, outcome: error instanceof CaseRefused ? error.refusal.kind : 'failed' });
        throw error;
      }
      actionsTaken.inc({ action, outcome: 'done' });
      const done = await answer();
      if (!done) throw new Problem('temporarily-unavailable');
      return done;
    },
  });
}

const actionTitle = (action: string): string => sentence(action.replaceAll('-', ' '));
