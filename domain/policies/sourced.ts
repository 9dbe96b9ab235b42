/** A value with where it comes from and how sure that is: nothing here is law. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

export const press = (what: string): string => `Press, quoting Civil Affairs: ${what}`;
export const ours = (why: string): string => `Operating assumption: ${why}`;
