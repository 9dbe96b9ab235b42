import type { FamilyEvent } from '../../domain/family/record';
import { AmendmentApplication, amendmentFiling } from '../../workflows/case-types/record-amendment/application';
import { againstCorrection, corrected } from '../../workflows/case-types/record-amendment/correction';
import type { AmendmentRequest } from '../../workflows/case-types/record-amendment/events';
import { amendmentPolicyOn } from '../../workflows/case-types/record-amendment/policy';

const { prohibitedDegree, marriageAge } = amendmentPolicyOn('2026-11-01');
const around = {
  people: [
    { person: 'p_he', sex: 'M', birthDate: '2000-06-15' },
    { person: 'p_she', sex: 'F', birthDate: '2001-06-15' },
    { person: 'p_child', sex: 'M', birthDate: '2026-10-01' },
  ],
  graph: [],
  prohibitedDegree: prohibitedDegree.value,
  marriageAge: marriageAge.value,
  renamed: false,
  today: '2026-11-01',
} as const;
const marriage = { kind: 'marriage', on: '2020-01-01', husband: 'p_he', wife: 'p_she' } as const;
const birth = { kind: 'birth', on: '2026-10-01', father: 'p_he', mother: 'p_she', child: 'p_child', sex: 'M' } as const;

const against = (
  event: FamilyEvent,
  asked: Partial<AmendmentRequest>,
  differs: Partial<typeof around> | object = {},
) => {
  const request: AmendmentRequest = { amends: 'fam_x', what: 'correction', ...asked };
  return againstCorrection(event, corrected(event, request), request, { ...around, ...differs });
};

describe('a correction of a marriage', () => {
  test('is held against the age of the spouses on the day that is to stand', () => {
    expect(against(marriage, { on: '2019-06-15' })).toEqual([]);
    expect(against(marriage, { on: '2019-06-14' })).toEqual(['marriage-age']);
    const girl = { person: 'p_girl', sex: 'F', birthDate: '2002-01-02' } as const;
    const people = [...around.people, girl];
    expect(against(marriage, { wife: 'p_girl' }, { people })).toEqual(['marriage-age']);
    expect(against(marriage, { wife: 'p_girl', on: '2020-01-02' }, { people })).toEqual([]);
  });
});

describe("a correction of a child's name", () => {
  test('is one only where the name is another, and only of a birth', () => {
    expect(against(birth, { childName: true }, { renamed: true })).toEqual([]);
    expect(against(birth, { childName: true })).toEqual(['something-to-correct']);
    expect(against(birth, { childName: true, on: '2026-10-02' })).toEqual([]);
    expect(against(marriage, { childName: true })).toEqual(['not-in-the-entry']);
  });

  test('leaves the name in the application: neither the case nor the entry gets more than that there is one', () => {
    const application = AmendmentApplication.parse({
      case: 'fam_x',
      what: 'correction',
      child: { nameAr: 'سعد بن خالد الحربي', nameEn: 'Saad Khalid Alharbi' },
      why: 'The hospital wrote another name.',
    });
    const { facts } = amendmentFiling(application, { personRef: (number) => `p_${number}` });
    expect(facts).toEqual({ amends: 'fam_x', what: 'correction', childName: true });
    expect(corrected(birth, facts as unknown as AmendmentRequest)).toEqual(birth);
    expect(AmendmentApplication.safeParse({ ...application, child: { nameAr: 'سعد بن خالد' } }).success).toBe(false);
  });
});
