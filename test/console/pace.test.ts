import { paced } from '../../console/src/api/pace';

/** Readings that take so long, of a list that changes every so often for a while. */
function watched({ takes, every, lasts }: { takes: number; every: number; lasts: number }) {
  const begun: number[] = [];
  let under = 0;
  let most = 0;
  let ended = 0;
  const from = Date.now();
  const pace = paced(
    () => {
      begun.push(Date.now() - from);
      most = Math.max(most, ++under);
      setTimeout(() => {
        under -= 1;
        ended += 1;
      }, takes);
    },
    () => under > 0,
  );
  for (let at = 0; at < lasts; at += every) {
    pace.changed();
    jest.advanceTimersByTime(every);
  }
  const during = ended;
  jest.advanceTimersByTime(60_000);
  return { begun, most, during, lastChange: lasts - every, pace };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a change is read soon, and many at once are read once', () => {
  const { begun } = watched({ takes: 50, every: 1, lasts: 100 });
  expect(begun).toHaveLength(1);
  expect(begun[0]).toBeLessThan(1_000);
});

test.each([50, 3_000])(
  'of a list that changes all the time readings of %d ms come to their end, one at a time, and ever less often',
  (takes) => {
    const { begun, most, during, lastChange } = watched({ takes, every: 100, lasts: 60_000 });
    expect(most).toBe(1);
    expect(during).toBeGreaterThanOrEqual(9);
    expect(begun.length).toBeLessThanOrEqual(15);
    expect(begun.at(-1)).toBeGreaterThan(lastChange);
  },
);

test('after a quiet time the next change is read as soon as the first one', () => {
  const { begun, pace } = watched({ takes: 50, every: 100, lasts: 20_000 });
  const before = begun.length;
  pace.changed();
  jest.advanceTimersByTime(1_000);
  expect(begun).toHaveLength(before + 1);
});

test('whoever has left reads nothing any more', () => {
  const read = jest.fn();
  const pace = paced(read, () => false);
  pace.changed();
  pace.stop();
  jest.advanceTimersByTime(60_000);
  expect(read).not.toHaveBeenCalled();
});
