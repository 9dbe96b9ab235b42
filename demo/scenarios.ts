import type { CaseView } from './portal';
import type { GeneratedPerson } from './people';
import { portraitFor, type PortraitSample } from './portraits';
import { reached, waiting, type Stage } from './stage';

export interface Scenario {
  readonly way: string;
  readonly ends: string;
  /** Days from today to the expiry of the applicant's card. */
  readonly expiresIn: { readonly from: number; readonly to: number };
  run(stage: Stage, person: GeneratedPerson, key: string): Promise<string>;
}

const DAY = 86_400_000;
const soon = { from: 5, to: 150 };
const expired = { from: -60, to: -1 };

async function file(
  stage: Stage,
  person: GeneratedPerson,
  key: string,
  photo: PortraitSample = 'good',
  application: object = {},
): Promise<CaseView> {
  const photoRef = await stage.portal.upload(person.identityNumber, await portraitFor(key, photo));
  return stage.portal.file(key, 'id-renewal', person.identityNumber, {
    photo: photoRef,
    delivery: { method: 'courier' },
    ...application,
  });
}

/** Filed with the sandbox set to wait for the scenario's word on payment, so that what follows can be arranged. */
async function fileUnpaid(
  stage: Stage,
  person: GeneratedPerson,
  key: string,
  photo: PortraitSample = 'good',
  script: object = {},
): Promise<CaseView> {
  await stage.script(stage.caseId('id-renewal', key), { payments: 'manual', ...script });
  return file(stage, person, key, photo);
}

export const scenarios: readonly { readonly count: number; readonly scenario: Scenario }[] = [
  {
    count: 16,
    scenario: {
      way: 'straight to the door',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) => (await file(stage, person, key)).id,
    },
  },
  {
    count: 4,
    scenario: {
      way: 'expired card, late fine',
      ends: 'COMPLETED',
      expiresIn: expired,
      run: async (stage, person, key) => {
        const view = await file(stage, person, key);
        if (view.quote?.total.halalas !== 12_500)
          throw new Error(`the quote is ${view.quote?.total.halalas} halalas and not fine and delivery`);
        return view.id;
      },
    },
  },
  {
    count: 2,
    scenario: {
      way: 'free, picked up at an office',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) =>
        (await file(stage, person, key, 'good', { delivery: { method: 'pickup', office: 'jeddah-1' } })).id,
    },
  },
  {
    count: 1,
    scenario: {
      way: 'refused: too early',
      ends: 'REJECTED',
      expiresIn: { from: 300, to: 400 },
      run: async (stage, person, key) => (await file(stage, person, key)).id,
    },
  },
  {
    count: 1,
    scenario: {
      way: 'photo returned, then completed',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        const { id } = await file(stage, person, key, 'no-face');
        await stage.until(id, 'resubmission', waiting('resubmission'));
        await stage.portal.act(id, 'resubmit', {
          photo: await stage.portal.upload(person.identityNumber, await portraitFor(key)),
        });
        return id;
      },
    },
  },
  {
    count: 2,
    scenario: {
      way: 'doubtful photo, approved by a caseworker',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        const { id } = await file(stage, person, key, 'doubt');
        await stage.until(id, 'a review', reached('IN_REVIEW'));
        const caseworker = await stage.staff('staff-101');
        await caseworker.act(id, 'claim');
        await caseworker.act(id, 'approve');
        return id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'rejected with four eyes, refunded',
      ends: 'REJECTED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        const { id } = await file(stage, person, key, 'doubt');
        await stage.until(id, 'a review', reached('IN_REVIEW'));
        const [caseworker, supervisor] = await Promise.all([stage.staff('staff-102'), stage.staff('staff-201')]);
        await caseworker.act(id, 'claim');
        await caseworker.act(id, 'recommend-rejection', {
          rule: 'identity-doubtful',
          reason: 'The portrait does not resemble the last one.',
        });
        await supervisor.act(id, 'claim');
        await supervisor.act(id, 'reject', { rule: 'identity-doubtful', reason: 'Confirmed against the register.' });
        return id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'paid twice, refunded once',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        await stage.script(stage.caseId('id-renewal', key), { payment: 'capture-twice' });
        return (await file(stage, person, key)).id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'never paid: expires after 72 h',
      ends: 'EXPIRED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        const { id } = await fileUnpaid(stage, person, key);
        await stage.skip(id, 3 * DAY + 60_000);
        return id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'cancelled after payment, refunded',
      ends: 'CANCELLED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        const { id } = await file(stage, person, key, 'doubt');
        await stage.until(id, 'a review', reached('IN_REVIEW'));
        await stage.portal.act(id, 'cancel', { reason: 'I move abroad' });
        return id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'card bureau down: operator retries',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        await stage.script(stage.caseId('id-renewal', key), { down: ['card-bureau'] });
        const { id } = await file(stage, person, key);
        await stage.until(id, 'an incident', reached('INCIDENT'));
        await stage.script(id, { down: [] });
        const operator = await stage.staff('staff-401');
        await operator.act(id, 'retry', { reason: 'The card bureau is back.' });
        return id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'two failed deliveries, collected at the office',
      ends: 'COMPLETED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        await stage.script(stage.caseId('id-renewal', key), { delivery: 'fail' });
        return (await file(stage, person, key)).id;
      },
    },
  },
  {
    count: 1,
    scenario: {
      way: 'never collected: closed after 90 days',
      ends: 'CLOSED_UNCOLLECTED',
      expiresIn: soon,
      run: async (stage, person, key) => {
        await stage.script(stage.caseId('id-renewal', key), { delivery: 'fail', pickup: 'leave' });
        const { id } = await file(stage, person, key);
        await stage.until(id, 'pickup', waiting('pickup'));
        await stage.skip(id, 90 * DAY + 60_000);
        return id;
      },
    },
  },
];
