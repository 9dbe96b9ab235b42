import fc from 'fast-check';
import { parse } from 'mrz';
import { checkDigit, mrzLines, mrzNames, splitName, transliterate, type MrzFields } from '../../cards/mrz';
import { generatePeople } from '../../demo/people';

const fields: MrzFields = {
  documentCode: 'ID',
  issuer: 'SAU',
  documentNumber: 'N12345678',
  optionalData: '1000000008',
  birthDate: '1988-02-29',
  sex: 'F',
  expiresOn: '2036-11-23',
  nationality: 'SAU',
  familyName: 'Alqahtani',
  givenNames: 'Noura Mohammed Abdullah',
};

test("ICAO's own example has the same check digits and lines", () => {
  expect(checkDigit('D23145890')).toBe('7');
  expect(checkDigit('740812')).toBe('2');
  const lines = mrzLines({
    documentCode: 'I',
    issuer: 'UTO',
    documentNumber: 'D23145890',
    optionalData: '',
    birthDate: '1974-08-12',
    sex: 'F',
    expiresOn: '2012-04-15',
    nationality: 'UTO',
    familyName: 'Eriksson',
    givenNames: 'Anna Maria',
  });
  expect(lines).toEqual([
    'I<UTOD231458907<<<<<<<<<<<<<<<',
    '7408122F1204159UTO<<<<<<<<<<<6',
    'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
  ]);
});

test('an independent reader finds everything valid', () => {
  const read = parse([...mrzLines(fields)]);
  expect(read.valid).toBe(true);
  expect(read.format).toBe('TD1');
  expect(read.fields).toMatchObject({
    documentNumber: 'N12345678',
    issuingState: 'SAU',
    nationality: 'SAU',
    birthDate: '880229',
    expirationDate: '361123',
    sex: 'female',
    lastName: 'ALQAHTANI',
    firstName: 'NOURA MOHAMMED ABDU',
    optional2: '1000000008',
  });
});

test('so it does for every generated person, and for long serials', () => {
  fc.assert(
    fc.property(fc.integer(), fc.stringMatching(/^[A-Z0-9]{1,20}$/), (seed, serial) => {
      for (const person of generatePeople({ seed, count: 5, today: '2026-11-23' })) {
        const lines = mrzLines({
          documentCode: 'ID',
          issuer: 'SAU',
          documentNumber: serial,
          optionalData: person.identityNumber,
          birthDate: person.birthDate,
          sex: person.sex,
          expiresOn: person.document.expiresOn,
          nationality: person.nationality,
          ...splitName(person.name.full.en),
        });
        expect(lines.every((line) => /^[A-Z0-9<]{30}$/.test(line))).toBe(true);
        const read = parse([...lines]);
        expect(read.details.filter((detail) => !detail.valid)).toEqual([]);
        expect(read.fields.documentNumber).toBe(serial);
      }
    }),
    { numRuns: 40 },
  );
});

test('names become A-Z', () => {
  expect(transliterate("Al-Sa'ud bin Fāḍil")).toBe('AL<SAUD<BIN<FADIL');
  expect(transliterate('Müller-Æro')).toBe('MUELLER<AERO');
  expect(transliterate('محمد')).toBe('MXHMD');
});

test('names that do not fit are cut and say so', () => {
  expect(mrzNames('Alqahtani', 'Noura')).toBe('ALQAHTANI<<NOURA<<<<<<<<<<<<<<');
  expect(mrzNames('Abdulrahmanalabdulrahmansulaiman', 'Noura')).toBe('ABDULRAHMANALABDULRAHMANSUL<<N');
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z][A-Z ]{0,40}$/), fc.stringMatching(/^[A-Z][A-Z ]{0,60}$/), (family, given) => {
      const line = mrzNames(family, given);
      expect(line).toMatch(/^[A-Z<]{30}$/);
      expect(line).toContain('<<');
    }),
  );
});

test('the family name is the last word, with its particles', () => {
  expect(splitName('Noura Mohammed Al Qahtani')).toEqual({ givenNames: 'Noura Mohammed', familyName: 'Al Qahtani' });
  expect(splitName('Noura')).toEqual({ givenNames: '', familyName: 'Noura' });
});

test('what does not fit is refused', () => {
  expect(() => mrzLines({ ...fields, nationality: 'Saudi' })).toThrow(RangeError);
  expect(() => mrzLines({ ...fields, optionalData: '123456789012' })).toThrow(RangeError);
  expect(() => mrzLines({ ...fields, documentNumber: '1'.repeat(23) })).toThrow(RangeError);
});
