import type { AnyEvent, Recorded } from '../../domain/case/model';
import { caseKind } from '../../activities/kinds';
import { caseTypeForms } from '../../api/openapi/whole';
import { serviceTexts } from '../../domain/services/catalogue';
import { effectsOf } from '../../ops/effects';
import { caseTypes } from '../../workflows/case-types';
import { applicationFormOf } from '../../workflows/case-types/applications';

test.each(caseTypes)('$type is in every list that names case types', ({ type }) => {
  expect(caseKind(type).definition.type).toBe(type);
  expect(applicationFormOf(type)).toBeDefined();
  // Else the published statement calls it by its code.
  expect(serviceTexts[type]).toMatchObject({ ar: expect.any(String), en: expect.any(String) });
});

test.each(caseTypes)('what $type says that it has made is what operators are shown', ({ prefix, effects, texts }) => {
  const shown = (type: string) =>
    effectsOf([{ caseId: `${prefix}_c`, version: 1, at: '', event: { type } as AnyEvent } as Recorded]);
  const made = Object.keys(effects.made);
  expect(made).toContain('ApplicantNotified');
  // An event that none of its words is for would be one that it does not have.
  for (const event of [...made, ...Object.keys(effects.undone ?? {})]) expect(texts.events).toHaveProperty(event);
  const events = Object.keys(texts.events);
  expect(events.filter((event) => shown(event).length > 0).sort()).toEqual([...made].sort());
});

test.each(caseTypes)('the console reads the evidence of $type again for what has changed it', ({ type, texts }) => {
  const { evidenceChangedBy } = caseTypeForms()[type] as { evidenceChangedBy: string[] };
  expect(evidenceChangedBy).toContain('FactRepaired');
  for (const event of evidenceChangedBy.filter((each) => each !== 'FactRepaired'))
    expect(texts.events).toHaveProperty(event);
});
