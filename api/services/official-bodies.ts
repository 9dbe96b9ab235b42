import { z } from 'zod';
import { officialBodies } from '../../domain/policies/official-bodies';
import { route, type Route } from '../http/route';
import { BilingualText } from '../problems/problem';

export const OfficialBody = z.object({ client: z.string(), name: BilingualText }).meta({ id: 'OfficialBody' });

export const officialBodiesRoute = (): Route =>
  route({
    method: 'get',
    path: '/v1/official-bodies',
    tag: 'Shares',
    operationId: 'listOfficialBodies',
    summary: 'The official bodies that a person can share data with',
    roles: ['portal'],
    success: {
      status: 200,
      description: 'All of them',
      schema: z.object({ items: z.array(OfficialBody) }).meta({ id: 'OfficialBodies' }),
    },
    problems: [],
    handle: () => Promise.resolve({ body: { items: [...officialBodies] } }),
  });
