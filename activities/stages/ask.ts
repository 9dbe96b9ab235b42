import { OutsideFailure } from '../../domain/failures';

/**
 * A question to the outside, which makes no effect. Nobody at home is no incident: while retries last it is asked again, after that
 * it is on record and the case goes on waiting as it did, for its answer may come by itself. A refusal and a defect are thrown.
 */
export async function asking<T>(
  { lastTry }: { readonly lastTry: boolean },
  question: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly unanswered: string }> {
  try {
    return { answer: await question() };
  } catch (error) {
    const outage =
      error instanceof OutsideFailure && (error.kind === 'unavailable' || error.kind === 'outcome-unknown');
    if (!outage || !lastTry) throw error;
    return { unanswered: error.code };
  }
}
