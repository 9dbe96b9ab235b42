import { z } from 'zod';
import { roles } from '../../domain/case/model';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText } from '../problems/problem';

const Colleague = z
  .object({ id: z.string(), name: BilingualText, roles: z.array(z.enum(roles)), office: z.string().nullable() })
  .meta({ id: 'Colleague' });

/** Colleagues to name and to give cases to. */
export function staffRoute({ staff }: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/staff',
    tag: 'Work',
    operationId: 'listStaff',
    summary: 'Your colleagues: whoever of the agency has signed in, by name',
    description: 'Of your office and the central staff; of every office for central staff and operators.',
    roles: ['caseworker', 'supervisor', 'committee', 'operator', 'auditor', 'analyst'],
    success: {
      status: 200,
      description: 'By staff number',
      schema: z.object({ items: z.array(Colleague) }).meta({ id: 'Staff' }),
    },
    problems: ['temporarily-unavailable'],
    async handle({ caller }) {
      const bound = caller.roles.every((role) => role === 'caseworker' || role === 'supervisor');
      const items = await staff.colleagues(bound ? caller.office : undefined);
      return { body: { items: items.map((each) => ({ ...each, roles: [...each.roles] })) } };
    },
  });
}
