import { keyOf } from '../../console/src/ui/key-names';

const key = (of: { key: string; code: string; shiftKey?: boolean; repeat?: boolean }) =>
  keyOf({ shiftKey: false, repeat: false, ...of });

test.each([
  ['an English board', { key: 'c', code: 'KeyC' }, 'c'],
  ['an Arabic board, by the place', { key: 'ؤ', code: 'KeyC' }, 'c'],
  ['a board on which the letter lies elsewhere, by the letter', { key: 'c', code: 'KeyI' }, 'c'],
  ['capitals', { key: 'C', code: 'KeyC', shiftKey: true }, 'c'],
  ['a digit', { key: '3', code: 'Digit3' }, '3'],
  ['an Arabic digit', { key: '٣', code: 'Digit3' }, '3'],
  ['a digit of the other block', { key: '3', code: 'Numpad3' }, '3'],
  ['a French board, where digits are shifted', { key: '3', code: 'Digit3', shiftKey: true }, '3'],
  ['a French board, by the place', { key: '"', code: 'Digit3' }, '3'],
  ['what stands above a digit', { key: '#', code: 'Digit3', shiftKey: true }, '#'],
  ['a question mark', { key: '?', code: 'Slash', shiftKey: true }, '?'],
  ['an Arabic question mark', { key: '؟', code: 'Slash', shiftKey: true }, '?'],
  ['Enter', { key: 'Enter', code: 'Enter' }, 'Enter'],
])('%s', (_board, pressed, name) => {
  expect(key(pressed)).toBe(name);
});

test('a key that is held down walks along a list, and claims no case after the other', () => {
  expect(key({ key: 'j', code: 'KeyJ', repeat: true })).toBe('j');
  expect(key({ key: 'ArrowDown', code: 'ArrowDown', repeat: true })).toBe('ArrowDown');
  expect(key({ key: 'c', code: 'KeyC', repeat: true })).toBeUndefined();
});
