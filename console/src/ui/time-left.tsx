import { duration, moment } from '../format';
import { useWords } from '../words';
import { Icon } from './icon';

const SOON = 8 * 3_600_000;

/** How much is left until a deadline; the colour is never the only sign of it. */
export function TimeLeft({
  until,
  now,
  plain = false,
}: {
  readonly until: string;
  readonly now: number;
  readonly plain?: boolean;
}) {
  const { t } = useWords();
  const left = Date.parse(until) - now;
  const state = left < 0 ? 'late' : left < SOON ? 'soon' : 'calm';
  const text = duration(Math.abs(left));
  return (
    <time className={`time-left ${state}`} dateTime={until} title={moment(until)}>
      {state === 'late' ? <Icon name="alert" /> : <Icon name="clock" />}
      {left < 0 ? t('case.late', { for: text }) : plain ? text : t('case.left', { for: text })}
    </time>
  );
}
