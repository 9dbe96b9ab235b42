import type { en } from './en';

/** The same words in each language: a word that is missing in one of them does not compile. */
type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> } & {
  /** Where a language counts in more ways than English: Arabic has forms of its own for one, for two, for three to ten, and from eleven on. */
  readonly [Plural in `${string}_${'one' | 'two' | 'few' | 'many'}`]?: string;
};
export type Words = Same<typeof en>;

type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string];
export type Word = Path<Words>;
