import { z } from 'zod';
import { REASON_LENGTH } from '../../domain/reason';
import { channelTexts, serviceTexts } from '../../domain/services/catalogue';
import { caseTypes } from '../../workflows/case-types';
import { routesOf } from '../app';
import { actionBody, actionNames } from '../cases/action-bodies';
import type { ApiDeps } from '../deps';
import { openApiDocument } from './document';

/** Stands for everything that rows will work with, however deep they take it apart. Nothing of it is called. */
const nothing: object = new Proxy({}, { get: () => nothing });

/** The whole document without anything running. */
export const wholeDocument = (): Readonly<Record<string, unknown>> => openApiDocument(routesOf(nothing as ApiDeps));

/** Labels are the console's own: what a field means to a programmer is left out. */
const bare = (schema: unknown): unknown =>
  JSON.parse(
    JSON.stringify(schema, (name, value: unknown) =>
      name === 'description' && typeof value === 'string' ? undefined : value,
    ),
  );

/** Each case type with what its actions take, as JSON Schema, and its rules in words: lists and forms are drawn from it. */
export const caseTypeForms = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    caseTypes.map(({ type, title, texts }) => [
      type,
      {
        title,
        rules: texts.rules,
        actions: Object.fromEntries(
          actionNames.flatMap((action) => {
            const body = actionBody(type, action);
            if (!body) return [];
            const { properties = {}, required = [] } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
            return [[action, { properties: bare(properties), required }]];
          }),
        ),
      },
    ]),
  );

/** How long what is typed may be, where that is said by no form. */
export const limits = { reason: REASON_LENGTH };

export { offices } from '../../workflows/stages/application';

/** What services and channels are called in statements. */
export const statementNames = { services: serviceTexts, channels: channelTexts };
