interface Waiting<Q, A> {
  readonly question: Q;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

/**
 * Asks many questions in one statement: while a statement is under way, whatever comes waits for the next. With nobody else
 * asking, a question waits for nothing; under load a round trip and a commit serve all that came meanwhile.
 */
export function batched<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  { lanes, most }: { lanes: number; most: number },
): (question: Q) => Promise<A> {
  const waiting: Waiting<Q, A>[] = [];
  let busy = 0;

  const run = async (): Promise<void> => {
    busy += 1;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const answers = await ask(batch.map(({ question }) => question));
        batch.forEach(({ resolve }, i) => resolve(answers[i] as A));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy -= 1;
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (busy < lanes) void run();
    });
}
