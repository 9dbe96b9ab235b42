import type { Bilingual } from './api/client';
import made from './api/case-types.json';
import correctable from './api/correctable.json';

export interface Field {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[]; readonly type?: string };
  readonly properties?: Readonly<Record<string, Field>>;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface Form {
  readonly properties: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
}

interface Made {
  readonly title: Bilingual;
  /** What each rule says, by its code. */
  readonly rules: Readonly<Record<string, Bilingual>>;
  readonly evidenceChangedBy: readonly string[];
  readonly actions: Readonly<Record<string, Form>>;
  /** Of what staff file themselves. */
  readonly application?: Form;
}

const all: Readonly<Record<string, Made>> = made as never;

export type TypeName = keyof typeof made;

/** Every case type that the API knows: a new one is here with the next build. */
export const caseTypes = Object.keys(made) as readonly TypeName[];
export const typeNamed = (text: string | null): TypeName | undefined => caseTypes.find((each) => each === text);
export const titleOf = (type: TypeName): Bilingual => made[type].title;

/** The case type's own words for a rule; undefined for a code that is none of its rules. */
export const ruleOf = (type: string, code: string): Bilingual | undefined => all[type]?.rules[code];

/** Each look at the evidence is on record: it is read once, and again only for what can have changed it. */
export const changesEvidence = (type: string, event: string): boolean =>
  all[type]?.evidenceChangedBy.includes(event) ?? false;

const nothing: Form = { properties: {}, required: [] };
export const applicationFormOf = (type: string): Form => all[type]?.application ?? nothing;

/** What of an event the correction of its entry can put right. */
export const correctableIn = (event: string): readonly string[] =>
  (correctable as Readonly<Record<string, readonly string[]>>)[event] ?? [];

export const formOf = (type: string, action: string): Form => all[type]?.actions[action] ?? nothing;
