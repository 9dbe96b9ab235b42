import { z } from 'zod';
import { actionNames as namesOf, actionRule } from '../../domain/case/core';
import type { CaseType } from '../../domain/case/model';
import { applicationFormOf } from '../../workflows/case-types/applications';
import { caseTypes } from '../../workflows/case-types';
import { Reason as AnyReason } from '../http/reason';

const Reason = AnyReason.meta({ description: 'Why, in words; kept with the personal data' });

/** Inside, a reference to a document is called so; outside it is simply the document. */
const DOCUMENT = 'photoRef';
const DOCUMENT_OUTSIDE = 'photo';

const Effects = z.array(z.string().max(128)).max(100).default([]);

/** What operators' actions take, whatever the case type. */
const operatorInputs: Readonly<Record<string, z.ZodObject>> = {
  repair: z.object({ field: z.string().max(64), value: z.string().max(128) }),
  reset: z.object({ to: z.string().max(64), pin: Effects, compensate: Effects }),
};

function bodyOf(type: CaseType, action: string): z.ZodObject {
  const { [DOCUMENT]: document, ...shape } =
    (applicationFormOf(type.type)?.inputs[action] ?? operatorInputs[action])?.shape ?? {};
  const takesReason = actionRule(type, action)?.reason === true;
  return z.strictObject({
    ...shape,
    ...(document ? { [DOCUMENT_OUTSIDE]: document } : {}),
    reason: takesReason ? Reason : Reason.optional(),
  });
}

/** The body of each action, by case type. */
const bodies: ReadonlyMap<string, ReadonlyMap<string, z.ZodObject>> = new Map(
  caseTypes.map((type) => [type.type, new Map(namesOf(type).map((action) => [action, bodyOf(type, action)]))]),
);

export const actionNames: readonly string[] = [...new Set(caseTypes.flatMap(namesOf))];

export const actionBody = (type: string, action: string): z.ZodObject | undefined => bodies.get(type)?.get(action);

/** What the document says about an action: its body, or one for each case type that has it. */
export function documentedBody(action: string): z.ZodType {
  const known = caseTypes.flatMap(({ type }) => actionBody(type, action) ?? []);
  const [one, ...more] = known;
  if (one === undefined) return z.strictObject({});
  return more.length === 0 ? one : z.union([one, ...more]);
}

export interface ActionInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  readonly documentRef?: string;
}

/** What of a parsed body goes where: facts to the engine, the reason to the vault. */
export function actionInput(body: Readonly<Record<string, unknown>>): ActionInput {
  const { reason, [DOCUMENT_OUTSIDE]: document, ...input } = body;
  return {
    input: { ...input, ...(typeof document === 'string' ? { [DOCUMENT]: document } : {}) },
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof document === 'string' ? { documentRef: document } : {}),
  };
}
