import { checkDigit, isCardSerial } from '../../domain/card-serial';

// ICAO 9303 part 5, the specimen's document number.
test('the check digit is that of ICAO 9303', () => expect(checkDigit('D23145890')).toBe(7));

test.each([['A00000017'], ['A0000001'], ['a00000010'], ['']])('%j is no serial', (text) =>
  expect(isCardSerial(text)).toBe(text === `A0000001${checkDigit('A0000001')}`),
);

test('a serial is right with its own check digit only', () => {
  const good = `A0000001${checkDigit('A0000001')}`;
  const right = Array.from({ length: 10 }, (_, digit) => `A0000001${digit}`).filter(isCardSerial);
  expect(right).toEqual([good]);
});
