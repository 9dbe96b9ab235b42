import type { AnyEvent, Recorded } from '../../domain/case/model';
import { caseKind } from '../../activities/kinds';
import { serviceTexts } from '../../domain/services/catalogue';
import { effectsOf, type Effect } from '../../ops/effects';
import { caseTypes } from '../../workflows/case-types';
import { applicationFormOf } from '../../workflows/case-types/applications';

/** What operators are shown that a case has made, by the events of its own that say so; of no event it would be nothing. */
const EFFECTS: Readonly<Record<string, readonly string[]>> = {
  'id-renewal': [
    'PaymentCaptured',
    'RefundMade',
    'CardReserved',
    'CardOrdered',
    'CardPrinted',
    'CardDispatched',
    'CardsSwapped',
  ],
  'family-registration': ['PaymentCaptured', 'RefundMade', 'EventRegistered', 'CertificateIssued', 'IdCaseStarted'],
  appeal: ['NewDecisionStarted'],
  'record-amendment': ['RegisterAmended', 'CertificateIssued'],
};

const effectOf = (type: string): readonly Effect[] =>
  effectsOf([{ caseId: 'c', version: 1, at: '', event: { type } as AnyEvent } as Recorded]);

test.each(caseTypes)('$type is in every list that names case types', ({ type, texts }) => {
  expect(caseKind(type).definition.type).toBe(type);
  expect(applicationFormOf(type)).toBeDefined();
  // Else the published statement calls it by its code.
  expect(serviceTexts[type]).toMatchObject({ ar: expect.any(String), en: expect.any(String) });
  const effects = [...(EFFECTS[type] ?? []), 'ApplicantNotified'];
  expect(EFFECTS[type]).toBeDefined();
  for (const event of effects) {
    expect(texts.events).toHaveProperty(event);
    expect([event, effectOf(event).length]).toEqual([event, 1]);
  }
  expect(
    Object.keys(texts.events)
      .filter((event) => effectOf(event).length > 0)
      .sort(),
  ).toEqual(effects.sort());
});
