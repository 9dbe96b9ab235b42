import { z } from 'zod';
import { openRoute, type Route } from '../http/route';
import { catalogue, isProblemCode, problemCodes, problemType } from './catalogue';
import { BilingualText, Problem } from './problem';

const ProblemText = z
  .object({ type: z.url(), code: z.string(), status: z.int(), titles: BilingualText })
  .meta({ id: 'ProblemText' });

const textOf = (code: (typeof problemCodes)[number]): z.infer<typeof ProblemText> => ({
  type: problemType(code),
  code,
  status: catalogue[code].status,
  titles: catalogue[code].title,
});

export const problemRoutes = (): Route[] => [
  openRoute({
    method: 'get',
    path: '/problems',
    tag: 'Problems',
    operationId: 'listProblems',
    summary: 'Every problem that this API can answer with',
    open: 'public',
    success: { status: 200, description: 'All problems', schema: z.array(ProblemText) },
    problems: [],
    handle: () => Promise.resolve({ body: problemCodes.map(textOf) }),
  }),
  openRoute({
    method: 'get',
    path: '/problems/{code}',
    tag: 'Problems',
    operationId: 'getProblem',
    summary: 'What a problem means',
    open: 'public',
    params: z.object({ code: z.string() }),
    success: { status: 200, description: 'The problem', schema: ProblemText },
    problems: ['unknown-route'],
    handle({ params }) {
      if (!isProblemCode(params.code)) throw new Problem('unknown-route');
      return Promise.resolve({ body: textOf(params.code) });
    },
  }),
];
