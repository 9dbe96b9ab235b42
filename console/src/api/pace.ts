/** In milliseconds. */
export interface Pauses {
  /** From a change to its reading, when there was none for a while. */
  readonly first: number;
  /** And at most, however long changes go on. */
  readonly longest: number;
}

/** Of a thousand consoles that look at one office each still sees what is new, and none asks all the time. */
const OF_A_LIST: Pauses = { first: 700, longest: 5_600 };

export interface Pace {
  changed(): void;
  stop(): void;
}

/**
 * Reads once for however many changes come together, and once more after the last. While they go on it reads less and less often, and it
 * never begins anew while a reading is under way: a reading that takes longer than changes are apart still comes to its end.
 */
export function paced(read: () => void, reading: () => boolean, { first, longest } = OF_A_LIST): Pace {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = first;
  let readAt = -Infinity;
  const fire = (): void => {
    timer = undefined;
    if (reading()) return wait(first);
    readAt = Date.now();
    read();
  };
  const wait = (ms: number): void => {
    timer = setTimeout(fire, ms);
  };
  return {
    changed() {
      if (timer !== undefined) return;
      const goesOn = Date.now() - readAt < 2 * pause;
      pause = goesOn ? Math.min(2 * pause, longest) : first;
      wait(pause);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
