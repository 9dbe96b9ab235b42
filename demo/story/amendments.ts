import { addDays } from '../../domain/time';
import type { Ended, Scene } from '../scene';
import { closed, type Stage } from '../stage';
import { leftBy, refused, type Story } from './acts';
import { nameOfNewborn, NEWBORNS, RENAMED } from './births';

const REQUESTER = 'staff-201';
const CONFIRMER = 'staff-202';

/** A supervisor's case, which no portal sees. */
async function confirm(stage: Stage, caseId: string, reason: string): Promise<Ended> {
  const confirmer = await stage.staff(CONFIRMER);
  await confirmer.act(caseId, 'confirm', { reason });
  const { status } = await stage.until(caseId, 'its end', closed, confirmer);
  return { caseId, status };
}

/** What happens to decisions that were made: appeals are with the marriages; here are one upheld, a correction and a revocation. */
export function amendments(story: Story): Scene[] {
  const { cast, today, left } = story;
  const { mother } = cast.family;
  return [
    {
      key: 'appeal-upheld',
      way: 'appeal: of the reporter of 17, upheld',
      ends: 'UPHELD',
      after: ['birth-by-minor'],
      async play(stage) {
        const { id } = await stage.portal.file('appeal-upheld', 'appeal', cast.eldest.identityNumber, {
          case: stage.caseId('family-registration', 'birth-by-minor'),
          grounds: 'I shall be eighteen before the year is over.',
        });
        const supervisor = await stage.staff(CONFIRMER);
        await supervisor.act(id, 'claim');
        await supervisor.act(id, 'uphold', { reason: 'The parents can report it themselves.' });
        return id;
      },
    },
    {
      key: 'one-pair-of-eyes',
      way: 'correction: who asked for it may not confirm it',
      ends: 'REFUSED',
      after: ['birth-of-another-spelling'],
      async play(stage) {
        const supervisor = await stage.staff(REQUESTER);
        const { id } = await supervisor.file('correction', 'record-amendment', mother.identityNumber, {
          case: leftBy(story, 'birth'),
          what: 'correction',
          on: addDays(today, -NEWBORNS.newest.daysAgo - 1),
          why: 'The child was born before midnight, as the hospital wrote later.',
        });
        left.set('correction', id);
        const input = { reason: 'It is as I wrote.' };
        return refused(stage, REQUESTER, { caseId: id, action: 'confirm', input }, 'four-eyes');
      },
    },
    {
      key: 'correction',
      way: 'correction: of the day of birth, by two people',
      ends: 'COMPLETED',
      after: ['one-pair-of-eyes'],
      async play(stage) {
        const id = leftBy(story, 'correction');
        return confirm(stage, id, 'The hospital has confirmed it.');
      },
    },
    {
      key: 'correction-of-name',
      way: "correction: of a child's name, by two people",
      ends: 'COMPLETED',
      after: ['birth-late'],
      async play(stage) {
        const requester = await stage.staff(REQUESTER);
        const { id } = await requester.file('correction-of-name', 'record-amendment', mother.identityNumber, {
          case: stage.caseId('family-registration', 'birth-late'),
          what: 'correction',
          child: nameOfNewborn(cast, RENAMED),
          why: 'The name was misheard at the counter: the family book has it as it is here.',
        });
        return confirm(stage, id, 'The family book says so.');
      },
    },
    {
      key: 'revocation',
      way: "revocation: of the daughter's identification, by two people",
      ends: 'COMPLETED',
      after: ['first-card-of-daughter'],
      async play(stage) {
        const requester = await stage.staff(REQUESTER);
        const { id } = await requester.file('revocation', 'record-amendment', cast.daughter.identityNumber, {
          case: stage.caseId('family-registration', 'daughter-by-mother'),
          what: 'revocation',
          why: 'The portrait is of somebody else: she is to be identified anew.',
        });
        return confirm(stage, id, 'I compared the portraits.');
      },
    },
  ];
}
