interface Typed {
  readonly type: string;
}

/** Whether an event is one of these: all of a union, as the compiler asks for each that is left out. */
export const oneOf =
  <E extends Typed>(types: Readonly<Record<E['type'], true>>) =>
  <T extends Typed>(event: T): event is T & E =>
    Object.hasOwn(types, event.type);
