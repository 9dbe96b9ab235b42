import { Progress } from './progress';
import { closed, type Stage } from './stage';

export interface Ended {
  readonly caseId: string;
  readonly status: string;
}

/** One row of the demo: what is tried, and what is to come of it. */
export interface Scene {
  /** Names it for the scenes that follow it; for the case that it files, it is the Idempotency-Key. */
  readonly key: string;
  readonly way: string;
  readonly ends: string;
  /** Keys of the scenes that are over before it begins. */
  readonly after?: readonly string[];
  /** Answers the case whose end counts, or what became of something that is not the end of a case. */
  play(stage: Stage): Promise<string | Ended>;
}

export interface Outcome extends Ended {
  readonly key: string;
  readonly way: string;
  readonly expected: string;
  readonly ms: number;
  readonly trouble?: string;
}

const AT_ONCE = 6;

/** Lets a few in at a time, in the order in which they came. */
function turns(atOnce: number): <T>(play: () => Promise<T>) => Promise<T> {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (play) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await play();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

async function play(stage: Stage, scene: Scene): Promise<Outcome> {
  const { key, way, ends: expected } = scene;
  const started = performance.now();
  const took = (): number => performance.now() - started;
  try {
    const answer = await scene.play(stage);
    if (typeof answer !== 'string') return { key, way, expected, ...answer, ms: took() };
    const { status } = await stage.until(answer, expected, closed);
    return { key, way, expected, caseId: answer, status, ms: took() };
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    return { key, way, expected, caseId: key, status: 'not as expected', ms: took(), trouble };
  }
}

export const asExpected = ({ status, expected }: Outcome): boolean => status === expected;

/** Plays all, a few at a time, each after those that it follows; answers in the order of the telling. */
export async function playAll(stage: Stage, scenes: readonly Scene[]): Promise<Outcome[]> {
  const progress = new Progress(scenes.length);
  const inTurn = turns(AT_ONCE);
  const outcomes = new Map<string, Promise<Outcome>>();
  const begin = async (scene: Scene): Promise<Outcome> => {
    const before = await Promise.all(
      (scene.after ?? []).map((key) => {
        const earlier = outcomes.get(key);
        if (!earlier) throw new Error(`${scene.key} follows ${key}, which is not told before it`);
        return earlier;
      }),
    );
    const failed = before.find((outcome) => !asExpected(outcome));
    const { key, way, ends: expected } = scene;
    const outcome = failed
      ? { key, way, expected, caseId: key, status: 'not played', ms: 0, trouble: `it follows "${failed.way}"` }
      : await inTurn(() => play(stage, scene));
    progress.done(`${outcome.status.toLowerCase()}: ${way}`);
    return outcome;
  };
  for (const scene of scenes) outcomes.set(scene.key, begin(scene));
  const all = await Promise.all(outcomes.values());
  progress.end();
  return all;
}
