import { FORMULA } from '../statements/csv';
import { z } from 'zod';
import { REASON_LENGTH } from '../../domain/reason';
import { channelTexts, serviceTexts } from '../../domain/services/catalogue';
import { caseTypes } from '../../workflows/case-types';
import { applicationFormOf } from '../../workflows/case-types/applications';
import { heldIn } from '../../workflows/case-types/record-amendment/correction';
import { routesOf } from '../app';
import { actionBody, actionNames } from '../cases/action-bodies';
import type { ApiDeps } from '../deps';
import { MOST_NAMED } from '../ops/schemas';
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

type Form = { readonly properties?: unknown; readonly required?: unknown };

/** A form is drawn from what a schema says, whatever the document calls its parts. */
function formOf(schema: z.ZodType): Form {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const written = JSON.stringify(whole, (_name, part: { readonly $ref?: string } | null) =>
    typeof part?.$ref === 'string' ? whole.$defs?.[part.$ref.split('/').at(-1) ?? ''] : part,
  );
  const { properties = {}, required = [] } = JSON.parse(written) as Form;
  return { properties: bare(properties), required };
}

/** What staff file themselves: the others come from portals. */
const filedByStaff = (type: string): object => {
  const form = applicationFormOf(type);
  return !form || form.filedBy.includes('portal') ? {} : { application: formOf(form.application) };
};

/** Each case type with what its actions take, and its application where staff file it, as JSON Schema, and its rules in words: lists and forms are drawn from it. */
export const caseTypeForms = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    caseTypes.map(({ type, title, texts, evidenceChangedBy = [] }) => [
      type,
      {
        title,
        rules: texts.rules,
        evidenceChangedBy: [...evidenceChangedBy, 'FactRepaired'],
        actions: Object.fromEntries(
          actionNames.flatMap((action) => {
            const body = actionBody(type, action);
            return body ? [[action, formOf(body)]] : [];
          }),
        ),
        ...filedByStaff(type),
      },
    ]),
  );

/** How long what is typed may be, how many cases may be named at once, and what a spreadsheet takes for a formula. */
export const limits = { reason: REASON_LENGTH, retry: { most: MOST_NAMED }, csvFormula: FORMULA.source };

/** What of each event a correction can put right, as the application calls it. */
export const correctable = Object.fromEntries(
  Object.entries(heldIn).map(([event, names]) => [event, names.map((name) => (name === 'childName' ? 'child' : name))]),
);

export { offices } from '../../domain/policies/offices';

/** What services and channels are called in statements. */
export const statementNames = { services: serviceTexts, channels: channelTexts };
