import { OutsideFailure } from '../../domain/failures';

interface Waiting<Q, A> {
  readonly question: Q;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

export const isDefect = (error: unknown): boolean => error instanceof OutsideFailure && error.kind === 'defect';

/**
 * Asks many questions in one statement: while a statement is under way, whatever comes waits for the next. With nobody else
 * asking, a question waits for nothing; under load a round trip and a commit serve all that came meanwhile.
 *
 * A statement that is a defect has done nothing: its questions are asked one by one, so that one fails for itself alone.
 */
export function batched<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  { lanes, most }: { lanes: number; most: number },
): (question: Q) => Promise<A> {
  const waiting: Waiting<Q, A>[] = [];
  let busy = 0;

  const askOne = ({ question, resolve, reject }: Waiting<Q, A>): Promise<void> =>
    ask([question]).then(([answer]) => resolve(answer as A), reject);

  const run = async (): Promise<void> => {
    busy += 1;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const answers = await ask(batch.map(({ question }) => question));
        batch.forEach(({ resolve }, i) => resolve(answers[i] as A));
      } catch (error) {
        if (isDefect(error) && batch.length > 1) for (const each of batch) await askOne(each);
        else for (const { reject } of batch) reject(error);
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
