import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inWords, sumInWords } from '../../cli/replay-words';
import { History, landmarksOf, placeOf, workflowTypeOf } from '../../ops/history';
import type { Replayed } from '../../worker/replay';

const DIR = join(__dirname, '../histories');
const kept = (name: string): History =>
  History.parse(JSON.parse(readFileSync(join(DIR, `${name}.json`), 'utf8')) as unknown);

const mismatchAt = (name: string, eventId: number | undefined): Replayed => {
  const history = kept(name);
  return {
    caseId: 'rnw_1',
    type: workflowTypeOf(history),
    events: history.events.length,
    mismatch: { ...placeOf(history, eventId), eventId: eventId ?? null, said: '[TMPRL1100] …', nonDeterminism: true },
  };
};

test('a mismatch names the step that the case was in, its version and its type, in both languages and without a code', () => {
  // The incident of this case is retried: the event is where the card is ordered again.
  const { eventId } = landmarksOf(kept('id-renewal.incident')).find(({ version }) => version === 11)!;
  const mismatch = mismatchAt('id-renewal.incident', eventId);
  expect(mismatch.mismatch).toMatchObject({
    version: 9,
    at: { kind: 'step', name: 'order-card' },
    after: { events: ['RetryRequested'] },
    next: { cause: 'order-card@9', events: ['CardOrdered', 'IncidentCleared'] },
  });
  const en = inWords(mismatch, 'en');
  expect(en).toContain('in the step “Ordering the card”, after version 9 (');
  expect(en).toContain(`Event ${eventId} of the history.`);
  const ar = inWords(mismatch, 'ar');
  expect(ar).toContain('تسلك الشيفرة طريقًا آخر في خطوة «طلب طباعة البطاقة»، بعد النسخة 9 (');
  for (const said of [en, ar]) expect(said).not.toMatch(/CardOrdered|RetryRequested|order-card|id-renewal/);
});

test('a wait, the beginning and a history that ends are told as such', () => {
  const [filing] = landmarksOf(kept('id-renewal.straight-through'));
  const waiting = inWords(mismatchAt('id-renewal.straight-through', filing!.eventId + 1), 'en');
  expect(waiting).toMatch(/while it waits for “[^”]+”, after version 3 \(/);
  expect(inWords(mismatchAt('id-renewal.straight-through', 1), 'en')).toContain('at its beginning, after version 0;');
  expect(inWords(mismatchAt('id-renewal.straight-through', 1), 'ar')).toContain('عند بدايتها، بعد النسخة 0،');
  const unknown = mismatchAt('id-renewal.straight-through', undefined);
  expect(unknown.mismatch).toMatchObject({ at: { kind: 'end' }, next: null });
  expect(inWords(unknown, 'en')).toContain('its history ends there or waits. Where, the engine does not say.');
});

test('a run that began in the middle is placed by what it read from the log', () => {
  const [read, first] = landmarksOf(kept('id-renewal.resumed-from-log'));
  expect(read).toMatchObject({ cause: null, version: 7 });
  expect(placeOf(kept('id-renewal.resumed-from-log'), first!.eventId)).toMatchObject({
    version: 7,
    at: { kind: 'wait', name: 'caseworker-decision' },
  });
});

test('every transition of every kept history of a case is at a step, a wait or an end that has words', () => {
  const cases = /^(id-renewal|family-registration|appeal|record-amendment)\./;
  for (const file of readdirSync(DIR).filter((name) => cases.test(name))) {
    const name = file.replace('.json', '');
    for (const { eventId } of landmarksOf(kept(name))) {
      const told = mismatchAt(name, eventId + 1);
      expect([name, eventId, told.mismatch?.at]).toEqual([
        name,
        eventId,
        { kind: expect.any(String), name: expect.any(String) },
      ]);
      const codes = inWords(told, 'ar')
        .replace(/rnw_1|\[TMPRL1100\]/g, '')
        .match(/[A-Za-z]+/g);
      expect([name, eventId, codes]).toEqual([name, eventId, null]);
    }
  }
});

test('what all of them came to is said in both languages', () => {
  expect(sumInWords(40, 0, 'abc', 'en')).toBe('40 histories against bundle abc: all as they were');
  expect(sumInWords(40, 2, 'abc', 'ar')).toContain('عدد ما يسلك طريقًا آخر 2');
});
