import type { AnyEvent } from './model';

/** Whether an event is one of these: all of a union, as the compiler asks for each that is left out. */
export const oneOf =
  <E extends AnyEvent>(types: Readonly<Record<E['type'], true>>) =>
  (event: AnyEvent): event is E =>
    Object.hasOwn(types, event.type);
