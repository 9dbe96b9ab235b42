import { caseLog } from './0001-case-log';
import { vault } from './0002-vault';
import { register } from './0003-register';
import { documents } from './0004-documents';
import { caseLists } from './0005-case-lists';
import { operations } from './0100-operations';
import { proposedRepairs } from './0110-proposed-repairs';
import { family } from './0200-family';
import { services } from './0300-services';
import { tallies } from './0320-tallies';
import { visitorsAndLosses } from './0330-visitors-and-losses';
import { portalWebhooks } from './0700-portal-webhooks';
import { soundFamilies } from './0810-sound-families';
import { noCardForTheDead } from './0811-no-card-for-the-dead';
import { peopleOfOpenCases } from './0813-people-of-open-cases';
import { consoleStaff } from './0820-console';
import { staffEnrolments } from './0821-staff-enrolments';
import { linkedCases } from './0822-linked-cases';
import { reviewLists } from './0835-review-lists';
import { verificationGuards } from './0840-verification-guards';
import { staffLooks } from './0841-staff-looks';
import { operatorActs } from './0850-operator-acts';
import { silentCases } from './0851-silent-cases';
import { finesAvoided } from './0860-fines-avoided';
import { repairsToDecide } from './0890-repairs-to-decide';
import { sinceTheFirstDay } from './0900-since-the-first-day';
import { peopleOfFamilyCases } from './0901-people-of-family-cases';
import { signedLines } from './0902-signed-lines';
import { cardsAndWaits } from './0920-cards-and-waits';
import { noCardForTheRevoked } from './0940-no-card-for-the-revoked';
import { tiesRestOnBirths } from './0941-ties-rest-on-births';
import { dayOfReservation } from './0950-day-of-reservation';
import { erasures } from './0951-erasures';
import { noNameHashes } from './0960-no-name-hashes';
import { guessesOfAnHour } from './0965-guesses-of-an-hour';
import { peopleOfCases } from './0970-people-of-cases';
import { waitsOfCases } from './0971-waits-of-cases';
import { escalatedBy } from './0972-escalated-by';
import { fencesOfAnotherCluster } from './0980-fences-of-another-cluster';
import { messagesToForget } from './0981-messages-to-forget';
import { detailsInArabic } from './0985-details-in-arabic';
import { publishedMonths } from './0990-published-months';
import { purposesInReceipts } from './0995-purposes-in-receipts';
import { messagesGivenUp } from './1000-messages-given-up';
import { decidedByAppeal } from './1020-decided-by-appeal';
import { waitsPutRight } from './1021-waits-put-right';
import { timesToCards } from './1022-times-to-cards';

export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/** In order, forward only: a migration that has left this checkout is never edited, a later one mends it. */
export const migrations: readonly Migration[] = [
  { id: 1, name: 'case-log', sql: caseLog },
  { id: 2, name: 'vault', sql: vault },
  { id: 3, name: 'register', sql: register },
  { id: 4, name: 'documents', sql: documents },
  { id: 5, name: 'case-lists', sql: caseLists },
  { id: 100, name: 'operations', sql: operations },
  { id: 110, name: 'proposed-repairs', sql: proposedRepairs },
  { id: 200, name: 'family', sql: family },
  { id: 300, name: 'services', sql: services },
  { id: 320, name: 'tallies', sql: tallies },
  { id: 330, name: 'visitors-and-losses', sql: visitorsAndLosses },
  { id: 700, name: 'portal-webhooks', sql: portalWebhooks },
  { id: 810, name: 'sound-families', sql: soundFamilies },
  { id: 811, name: 'no-card-for-the-dead', sql: noCardForTheDead },
  { id: 813, name: 'people-of-open-cases', sql: peopleOfOpenCases },
  { id: 820, name: 'console', sql: consoleStaff },
  { id: 821, name: 'staff-enrolments', sql: staffEnrolments },
  { id: 822, name: 'linked-cases', sql: linkedCases },
  { id: 835, name: 'review-lists', sql: reviewLists },
  { id: 840, name: 'verification-guards', sql: verificationGuards },
  { id: 841, name: 'staff-looks', sql: staffLooks },
  { id: 850, name: 'operator-acts', sql: operatorActs },
  { id: 851, name: 'silent-cases', sql: silentCases },
  { id: 860, name: 'fines-avoided', sql: finesAvoided },
  { id: 890, name: 'repairs-to-decide', sql: repairsToDecide },
  { id: 900, name: 'since-the-first-day', sql: sinceTheFirstDay },
  { id: 901, name: 'people-of-family-cases', sql: peopleOfFamilyCases },
  { id: 902, name: 'signed-lines', sql: signedLines },
  { id: 920, name: 'cards-and-waits', sql: cardsAndWaits },
  { id: 940, name: 'no-card-for-the-revoked', sql: noCardForTheRevoked },
  { id: 941, name: 'ties-rest-on-births', sql: tiesRestOnBirths },
  { id: 950, name: 'day-of-reservation', sql: dayOfReservation },
  { id: 951, name: 'erasures', sql: erasures },
  { id: 960, name: 'no-name-hashes', sql: noNameHashes },
  { id: 965, name: 'guesses-of-an-hour', sql: guessesOfAnHour },
  { id: 970, name: 'people-of-cases', sql: peopleOfCases },
  { id: 971, name: 'waits-of-cases', sql: waitsOfCases },
  { id: 972, name: 'escalated-by', sql: escalatedBy },
  { id: 980, name: 'fences-of-another-cluster', sql: fencesOfAnotherCluster },
  { id: 981, name: 'messages-to-forget', sql: messagesToForget },
  { id: 985, name: 'details-in-arabic', sql: detailsInArabic },
  { id: 990, name: 'published-months', sql: publishedMonths },
  { id: 995, name: 'purposes-in-receipts', sql: purposesInReceipts },
  { id: 1000, name: 'messages-given-up', sql: messagesGivenUp },
  { id: 1020, name: 'decided-by-appeal', sql: decidedByAppeal },
  { id: 1021, name: 'waits-put-right', sql: waitsPutRight },
  { id: 1022, name: 'times-to-cards', sql: timesToCards },
];
