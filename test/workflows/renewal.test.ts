import { identityNumberFrom } from '../../domain/identity-number';
import type { Filing } from '../../domain/case/model';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 240_000);
afterAll(() => world?.stop());

const goodPhoto = {
  width: 800, height: 1200, faces: 1, confidence: 0.99, faceHeightRatio: 0.45, offCentre: 0.01, tilt: 1,
  backgroundWhiteness: 0.99, backgroundEvenness: 0.99, sharpness: 300,
};

test('spike', async () => {
  const [enrolled] = await world.enrol([
    {
      number: identityNumberFrom('100000000'), nameAr: 'محمد بن عبدالله', nameEn: 'Mohammed Abdullah', sex: 'M', birthDate: '1990-01-01',
      birthPlaceAr: 'الرياض', birthPlaceEn: 'Riyadh', nationality: 'SAU', phone: '+966500000000', language: 'ar',
      address: { recipient: 'x', phone: '+966500000000', line: 'l', district: 'd', city: 'c', postalCode: '12345' },
      card: { type: 'national-id', issuedOn: '2016-12-01', expiresOn: '2026-12-10' },
    },
  ] as never);
  const photoRef = await world.keepPhoto(enrolled!.person, Buffer.from('photo'), goodPhoto);
  const filing: Filing = {
    caseId: `rnw_spike${Date.now()}`, type: 'id-renewal', channel: 'absher-individuals', clientId: 'absher-individuals', filedAt: new Date().toISOString(),
    subject: enrolled!.person, office: 'riyadh-1', facts: { photoRef, delivery: { method: 'courier' }, reason: 'expiring' },
  };
  console.log(await world.cases.start(filing));
  const outcome = await world.client.workflow.getHandle(filing.caseId).result();
  console.log(outcome);
  const rows = await world.database.from('case-log').query<{ version: number; event: { type: string } }>({ text: 'select version, event from case_events where case_id = $1 order by 1', values: [filing.caseId] });
  console.log(rows.map((r) => `${r.version} ${r.event.type}`).join('\n'));
  const history = await world.client.workflow.getHandle(filing.caseId).fetchHistory();
  console.log(history.events?.map((e) => `${e.eventId} ${e.eventType}`).join('\n'));
});
