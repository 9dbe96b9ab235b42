import type { CaseView } from '../../api/cases/schemas';
import { Evidence } from '../../api/console/evidence';
import { FamilyEvidence } from '../../api/console/family';
import { familiesIn, type Somebody } from '../support/families';
import { child, today } from '../support/reported-births';
import { until } from '../support/until';
import { startApiWorld, type Answer } from './api-world';

/** A world with families in it, and what portals and staff do with their cases over HTTP. */
export async function startFamilyCalls() {
  const api = await startApiWorld();
  const families = familiesIn(api.world);
  const [portal, caseworker, supervisor, supervisor2] = await Promise.all([
    api.portal(),
    api.token({ as: 'staff-101' }),
    api.token({ as: 'staff-201' }),
    api.token({ as: 'staff-202' }),
  ]);

  const man = (wanted = {}) => families.somebody(wanted);
  const woman = (wanted = {}) => families.somebody({ sex: 'F', birthDate: '1988-08-08', ...wanted });
  async function couple(): Promise<[Somebody, Somebody]> {
    const both: [Somebody, Somebody] = [await man(), await woman()];
    await families.ties(families.married(...both));
    return both;
  }

  let keys = 0;
  const post = (
    type: string,
    applicant: Somebody,
    application: object,
    { token = portal, key = api.key(`family-${++keys}`) } = {},
  ): Promise<Answer> =>
    api.call('POST', '/v1/cases', {
      token,
      headers: { 'idempotency-key': key },
      body: { type, applicant: { identityNumber: applicant.number }, application },
    });

  async function file(applicant: Somebody, application: object): Promise<CaseView> {
    const answer = await post('family-registration', applicant, application);
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain(applicant.number);
    return answer.view();
  }

  async function birth(on: string, father: Somebody, mother: Somebody, reporter = father): Promise<CaseView> {
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    return file(reporter, { event: 'birth', on, father: father.number, mother: mother.number, notice, child });
  }

  async function wedding(husband: Somebody, wife: Somebody, on = today): Promise<CaseView> {
    const notice = await families.notice({ kind: 'marriage', on, people: [husband, wife] });
    return file(husband, { event: 'marriage', on, husband: husband.number, wife: wife.number, notice });
  }

  const see = async (id: string, token = portal): Promise<CaseView> =>
    (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  const reached = (id: string, status: string): Promise<CaseView> =>
    until(
      () => see(id),
      (view) => view.status === status,
    );

  async function act(id: string, action: string, token: string, body: object = {}): Promise<Answer> {
    const { version } = await see(id, supervisor);
    return api.call('POST', `/v1/cases/${id}/actions/${action}`, {
      token,
      body,
      headers: { 'if-match': `"${version}"` },
    });
  }

  async function done(id: string, action: string, token: string, body: object = {}): Promise<CaseView> {
    const answer = await act(id, action, token, body);
    if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
    return answer.view();
  }

  async function approved(id: string): Promise<CaseView> {
    await done(id, 'claim', caseworker);
    await done(id, 'approve', caseworker);
    return reached(id, 'COMPLETED');
  }

  const evidence = async (id: string, token: string) =>
    (await api.call('GET', `/v1/cases/${id}/evidence`, { token })).as(Evidence);
  const family = async (id: string, token: string) =>
    (await api.call('GET', `/v1/cases/${id}/family`, { token })).as(FamilyEvidence);

  return {
    api,
    families,
    portal,
    caseworker,
    supervisor,
    supervisor2,
    man,
    woman,
    couple,
    post,
    file,
    birth,
    wedding,
    see,
    reached,
    act,
    done,
    approved,
    evidence,
    family,
  };
}
export type FamilyCalls = Awaited<ReturnType<typeof startFamilyCalls>>;

export const code = (answer: Answer): [number, string] => [answer.status, answer.problem().code];
