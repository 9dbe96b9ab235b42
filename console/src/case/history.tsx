import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Case, CaseEvent } from '../api/client';
import { calledBy } from '../colleagues';
import { date, moment, money, time } from '../format';
import { session } from '../session';
import { Icon } from '../ui/icon';
import { named, said, t, useWords } from '../words';
import { ruleSaid } from './action-fields';
import { Reason } from './reason';

export const whoDid = ({ actor }: Pick<CaseEvent, 'actor'>): string => {
  if (actor.role === 'system' || actor.role === 'outside' || actor.role === 'portal') return named('roles', actor.role);
  const me = session()?.staff;
  if (actor.id === me?.id) return t('queue.you');
  return actor.id === undefined
    ? named('roles', actor.role)
    : t('case.colleague', { name: calledBy(actor.id, actor.name), role: named('roles', actor.role) });
};

/** Whoever checked nine rules says no more by naming them all than that it was checked. */
const FEW = 4;

const listed = (codes: unknown): string =>
  Array.isArray(codes) ? codes.map((code) => named('act.fields', String(code))).join(' · ') : '';

/** What an event says besides that it happened. */
function detail({ facts, to, words = [] }: CaseEvent): string {
  const parts: string[] = [];
  const { amount, verdict, items, serial, why, code } = facts as Record<string, unknown>;
  if (typeof amount === 'object' && amount !== null && 'halalas' in amount)
    parts.push(money(amount as { halalas: number }));
  if (verdict === 'pass' || verdict === 'doubt' || verdict === 'fail') parts.push(t(`case.verdicts.${verdict}`));
  if (items) parts.push(listed(items));
  if (words.length > 0 && words.length < FEW && !items) parts.push(words.map((each) => said(each)).join(' · '));
  if (typeof serial === 'string') parts.push(serial);
  if (typeof code === 'string') parts.push(named('ops.codes', code));
  if (to) parts.push(t('case.givenTo', { who: calledBy(to.id, to.name) }));
  if (typeof why === 'string' && named('act.fields', why) !== why) parts.push(named('act.fields', why));
  return parts.filter(Boolean).join(' · ');
}

export function TimelinePanel({ id, events }: { readonly id: string; readonly events: readonly CaseEvent[] }) {
  const { t: word } = useWords();
  const [all, setAll] = useState(false);
  const main = events.filter(({ minor }) => !minor);
  const shown = [...(all ? events : main)].reverse();
  const days = Map.groupBy(shown, ({ at }) => date(at));
  return (
    <section className="panel">
      <h2>{word('case.timeline')}</h2>
      {[...days].map(([day, ofDay]) => (
        <div key={day} className="day">
          <h3>{day}</h3>
          <ol className="timeline">
            {ofDay.map((event) => {
              const more = detail(event);
              const reference = event.facts['reasonRef'];
              return (
                <li
                  key={event.version}
                  className={
                    event.actor.role === 'system' ? undefined : event.actor.role === 'outside' ? 'outside' : 'person'
                  }
                >
                  <time dateTime={event.at}>{time(event.at)}</time>
                  <div>
                    <b>{said(event.text)}</b>
                    <span>
                      {whoDid(event)}
                      {more && ` · ${more}`}
                    </span>
                    {typeof reference === 'string' && event.type !== 'NoteAdded' && (
                      <Reason id={id} reference={reference} />
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        </div>
      ))}
      {events.length > main.length && (
        <Button className="button quiet small" onPress={() => setAll(!all)}>
          {all ? word('case.showLess') : word('case.showAll')}
        </Button>
      )}
    </section>
  );
}

export function NotesPanel({
  id,
  events,
  onAdd,
}: {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  readonly onAdd: (() => void) | undefined;
}) {
  const { t: word } = useWords();
  const notes = events.filter(({ type }) => type === 'NoteAdded').reverse();
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{word('case.notes')}</h2>
        {onAdd && (
          <Button className="button quiet small" onPress={onAdd}>
            <Icon name="note" /> {word('case.addNote')}
          </Button>
        )}
      </header>
      {notes.length === 0 ? (
        <p className="muted">{word('case.noNotes')}</p>
      ) : (
        <ul className="notes">
          {notes.map((note) => (
            <li key={note.version}>
              <p>
                <b>{whoDid(note)}</b> <time dateTime={note.at}>{moment(note.at)}</time>
              </p>
              {typeof note.facts['reasonRef'] === 'string' && <Reason id={id} reference={note.facts['reasonRef']} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function DecisionsPanel({ view }: { readonly view: Case }) {
  const { t: word } = useWords();
  const { decisions, review } = view;
  return (
    <section className="panel">
      <h2>{word('case.decisions')}</h2>
      {review?.recommendation && (
        <div className="decision recommended">
          <b>{word('case.recommendation', { who: calledBy(review.recommendation.by, review.recommendation.name) })}</b>
          <span>{ruleSaid(view.type, review.recommendation.rule)}</span>
          {review.recommendation.reasonRef && <Reason id={view.id} reference={review.recommendation.reasonRef} />}
        </div>
      )}
      {decisions.length === 0 && !review?.recommendation && <p className="muted">{word('case.noDecisions')}</p>}
      {decisions.map((decision) => (
        <div key={`${decision.at}${decision.what}`} className="decision">
          <b>{named('decisions', decision.what)}</b>
          <span>
            {word('case.by', { who: whoDid({ actor: decision.by }) })} · {moment(decision.at)}
          </span>
          {decision.rules.length > 0 && (
            <details>
              <summary>{word('case.rules', { count: decision.rules.length })}</summary>
              <ul>
                {decision.rules.map(({ rule, text, version }) => (
                  <li key={rule}>
                    <bdi>{rule}</bdi>: {said(text)}{' '}
                    <small>
                      {word('case.version')} <bdi>{version}</bdi>
                    </small>
                  </li>
                ))}
              </ul>
            </details>
          )}
          {decision.reasonRef && <Reason id={view.id} reference={decision.reasonRef} />}
        </div>
      ))}
    </section>
  );
}
