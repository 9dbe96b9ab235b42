import { spread } from '../../ops/spread';

test('a part of a list is spread over all of it, from the first to the last', () => {
  const all = Array.from({ length: 100 }, (_, i) => i);
  expect(spread(all, 4)).toEqual([0, 33, 66, 99]);
  expect(spread(all, 1)).toEqual([0]);
  expect(spread(all, 100)).toEqual(all);
  expect(spread(all, 1_000)).toEqual(all);
  expect(spread([], 3)).toEqual([]);
});
