import { eventView } from '../../api/cases/events-view';
import type { CaseFile, CaseType } from '../../domain/case/model';
import { caseTypeNamed, caseTypes } from '../../workflows/case-types';

const isMinor = (type: CaseType, event: string): boolean =>
  eventView(
    { type, file: { type: type.type } as CaseFile },
    {
      caseId: 'case',
      version: 1,
      at: '2026-11-01T08:00:00.000Z',
      actor: { id: 'tajdid', role: 'system' },
      cause: 'cause',
      event: { type: event },
    },
    false,
  ).minor;

test.each([
  ['id-renewal', 'CourierAsked', true],
  ['id-renewal', 'ApplicationValidated', true],
  ['id-renewal', 'CardPrinted', false],
  ['family-registration', 'ClaimRenewed', true],
  ['family-registration', 'VoteCast', false],
  ['appeal', 'NoteAdded', true],
  ['record-amendment', 'RegisterAmended', false],
])('of %s, %s is between the steps: %s', (type, event, minor) => {
  expect(isMinor(caseTypeNamed(type) as CaseType, event)).toBe(minor);
});

test('a case type of its own says itself which of its events are minor, and a console shows no more of them for it', () => {
  const [renewal] = caseTypes;
  const other = { ...renewal, minor: ['LettersCounted'] } as CaseType;
  expect([isMinor(other, 'LettersCounted'), isMinor(other, 'CourierAsked')]).toEqual([true, false]);
});
