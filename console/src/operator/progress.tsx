import { number } from '../format';
import { named, t as word, useWords } from '../words';
import type { ItemState, RetryRow } from './parts';

/** In the order in which they are drawn: what is over first. */
export const STATES: readonly ItemState[] = [
  'moved',
  'not-needed',
  'failed-again',
  'refused',
  'unsettled',
  'cancelled',
  'asked',
  'waiting',
];
const OPEN: readonly ItemState[] = ['asked', 'waiting'];
const NOT_MOVED: readonly ItemState[] = ['failed-again', 'refused', 'unsettled', 'cancelled'];

const sum = (counts: RetryRow['counts'], states: readonly ItemState[]): number =>
  states.reduce((all, state) => all + (counts[state] ?? 0), 0);

export const totalOf = ({ counts }: Pick<RetryRow, 'counts'>): number => sum(counts, STATES);
export const settledOf = (retry: Pick<RetryRow, 'counts'>): number => totalOf(retry) - sum(retry.counts, OPEN);
export const stuckOf = ({ counts }: Pick<RetryRow, 'counts'>): number => sum(counts, NOT_MOVED);

export type RunState = 'running' | 'stopped' | 'over';
export const runStateOf = ({ endedAt, acts }: Pick<RetryRow, 'endedAt' | 'acts'>): RunState => {
  if (endedAt !== null) return 'over';
  return acts.findLast(({ what }) => what === 'stopped' || what === 'resumed')?.what === 'stopped'
    ? 'stopped'
    : 'running';
};

export function RunStateMark({ retry }: { readonly retry: RetryRow }) {
  const { t } = useWords();
  const state = runStateOf(retry);
  const tone = state === 'over' ? (stuckOf(retry) > 0 ? 'bad' : 'good') : state === 'stopped' ? 'held' : 'work';
  return (
    <span className={`status ${tone}`}>
      {tone === 'bad' ? t('ops.retry.partlyOver', { n: number(stuckOf(retry)) }) : t(`ops.retry.${state}`)}
    </span>
  );
}

/** How much of the list is settled, and how; the numbers stand beside it in words. */
export function ProgressBar({ retry, label }: { readonly retry: RetryRow; readonly label: string }) {
  const total = Math.max(1, totalOf(retry));
  const done = settledOf(retry);
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={word('ops.retry.settled', { done: number(done), all: number(total) })}
    >
      {STATES.filter((state) => state !== 'waiting' && (retry.counts[state] ?? 0) > 0).map((state) => (
        <i
          key={state}
          className={state}
          style={{ inlineSize: `${((retry.counts[state] ?? 0) / total) * 100}%` }}
          title={`${named('ops.states', state)}: ${number(retry.counts[state] ?? 0)}`}
        />
      ))}
    </div>
  );
}
