import type { StepContext } from '../../../activities/step';
import { appliedAt } from '../../../domain/case/file';
import { judgePhoto, judgePhotoAge, type PhotoVerdict } from '../../../domain/photo-verdict';
import { credited } from '../../../domain/quote';
import { riyadhDate } from '../../../domain/time';
import { refused } from '../../stages/operators';
import { answersFor, assess, validationRules } from './eligibility';
import type { RenewalEvent } from './events';
import type { RenewalFile } from './file';
import { renewalPolicy } from './policy';

type Context = StepContext<RenewalFile, RenewalEvent>;

/** What the register says of a guardian's right; nothing is asked where nobody applies as one. */
async function guardianOf({ file, ports }: Context): Promise<{ guardianLinked?: boolean }> {
  const { guardian, subject } = file;
  if (guardian === undefined) return {};
  const [graph, facts] = await Promise.all([ports.family.graph([subject, guardian]), ports.register.facts(guardian)]);
  return {
    guardianLinked: facts?.diedOn === null && answersFor(graph, guardian, subject, riyadhDate(appliedAt(file))),
  };
}

async function identificationOf({ file, ports }: Context): Promise<{ identified?: boolean }> {
  if (!file.applied) return {};
  const [member] = await ports.family.people([file.subject]);
  return { identified: member?.identified === true };
}

export async function validate(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  // First the place, then the look: a renewal that ends in between is seen in the register.
  const { heldBy } = await ports.log.takePlace(`renewal/${file.subject}`, file.id);
  const [facts, photo, guardian, identification] = await Promise.all([
    ports.register.facts(file.subject),
    ports.documents.find(file.photoRef),
    guardianOf(ctx),
    identificationOf(ctx),
  ]);
  // As of the day of the application: neither an appeal nor an operator who goes back makes it any later.
  const applied = riyadhDate(appliedAt(file));
  const assessed = assess(
    file,
    facts && { ...facts, ...guardian, ...identification },
    renewalPolicy(file.policyVersion),
    applied,
  );
  const refusedBy = 'refusedBy' in assessed ? assessed.refusedBy : [];
  if (facts && photo?.person !== file.subject) refusedBy.push('photo-usable');
  if (refusedBy.length === 0 && heldBy !== file.id) refusedBy.push('no-other-open-renewal');
  if (refusedBy.length > 0 || 'refusedBy' in assessed) {
    refused(file, { type: 'ApplicationRefused', rules: refusedBy } as const).forEach((event) => ctx.emit(event));
    return;
  }
  // Who files for a lost card has reported it lost: nobody is to pass with it while the new one is made.
  if (file.reason === 'lost' && file.lostOn && facts?.card?.status === 'valid')
    await ports.register.reportLost({
      person: file.subject,
      serial: facts.card.serial,
      lostOn: file.lostOn,
      caseId: file.id,
    });
  const quote = credited(assessed.quote, file.appeal?.paid);
  // What an appeal has decided away was not found to hold.
  const rules = validationRules.filter((rule) => !file.appeal?.waived.includes(rule));
  ctx.emit({ type: 'ApplicationValidated', facts: assessed.facts, quote, rules });
}

/**
 * A photo that came with a resubmission may be somebody else's, or none: such a one is no better than a bad one. How old it is tell
 * the day on which it first came here, the card that it is on already, and its camera.
 */
async function judged(ctx: Context): Promise<{ verdict: PhotoVerdict['verdict']; reasons: string[] }> {
  const { photoRef, subject, policyVersion } = ctx.file;
  const { documents, portraits } = ctx.ports;
  const [photo, enrolled] = await Promise.all([documents.find(photoRef), portraits.of(subject)]);
  if (!photo?.measurement || photo.person !== subject) return { verdict: 'fail', reasons: ['photo-usable'] };
  const policy = renewalPolicy(policyVersion);
  const { takenOn } = photo.measurement;
  const cameHere = riyadhDate(photo.uploadedAt);
  const seenOn = enrolled?.documentRef === photoRef && enrolled.takenOn < cameHere ? enrolled.takenOn : cameHere;
  const dates = { seenOn, ...(takenOn ? { takenOn } : {}) };
  const age = judgePhotoAge(dates, riyadhDate(ctx.at), policy.photoMaxAge.value);
  const { verdict, reasons } = judgePhoto(photo.measurement, policy.photo.value);
  const tooOld = age === 'fail' || (age === 'doubt' && verdict !== 'fail') ? ['too-old'] : [];
  return {
    verdict: age === 'fail' ? 'fail' : age === 'doubt' && verdict === 'pass' ? 'doubt' : verdict,
    reasons: [...(age === 'fail' && verdict === 'doubt' ? [] : reasons.map(({ rule }) => rule)), ...tooOld],
  };
}

export async function checkPhoto(ctx: Context): Promise<void> {
  const { file } = ctx;
  if (!file.photo) {
    ctx.emit({ type: 'PhotoJudged', photoRef: file.photoRef, ...(await judged(ctx)) });
  }
  const photo = ctx.file.photo;
  const accepted = photo?.verdict === 'pass' || file.appeal?.waived.includes('photo');
  if (accepted && file.review.why.length === 0) ctx.emit({ type: 'CaseApproved', by: 'rule' });
  else if (photo?.verdict !== 'fail')
    ctx.emit({ type: 'ReviewOpened', why: photo?.reasons.length ? photo.reasons : ['resubmitted'] });
  else if (file.review.rounds >= renewalPolicy(file.policyVersion).returnRounds.value)
    ctx.emit({ type: 'EndingStarted', why: 'return-rounds-used-up' });
  else ctx.emit({ type: 'CaseReturned', items: ['photo'], reasons: photo.reasons });
}
