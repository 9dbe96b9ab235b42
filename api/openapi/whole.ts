import { z } from 'zod';
import { caseTypes } from '../../workflows/case-types';
import { routesOf } from '../app';
import { actionBody, actionNames } from '../cases/action-bodies';
import type { ApiDeps } from '../deps';
import { openApiDocument } from './document';

/** Stands for everything that rows will work with, however deep they take it apart. Nothing of it is called. */
const nothing: object = new Proxy({}, { get: () => nothing });

/** The whole document without anything running. */
export const wholeDocument = (): Readonly<Record<string, unknown>> => openApiDocument(routesOf(nothing as ApiDeps));

/** What each action of each case type takes, as JSON Schema: forms are drawn from it. */
export const actionForms = (): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  Object.fromEntries(
    caseTypes.map(({ type }) => [
      type,
      Object.fromEntries(
        actionNames.flatMap((action) => {
          const body = actionBody(type, action);
          if (!body) return [];
          const { properties = {}, required = [] } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
          return [[action, { properties, required }]];
        }),
      ),
    ]),
  );
