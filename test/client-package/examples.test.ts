import { run } from '../../packages/client/examples/settings';
import { TajdidProblem, type ProblemDetails } from '../../packages/client/src';

/** What an example says that is called with these words and does this. */
async function saidBy(given: readonly string[], main: () => Promise<void>): Promise<string> {
  const { argv } = process;
  const said: unknown[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(text) > 0);
  process.argv = ['node', '/somewhere/verify.js', ...given];
  await run(main, ['<identity number>', '<birth date>']);
  process.argv = argv;
  write.mockRestore();
  process.exitCode = undefined;
  return said.join('');
}

test('an example that is given too little says what it is called with, and one that reaches nobody says whom', async () => {
  const reaches = (): Promise<void> =>
    Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') }));
  expect(await saidBy(['1'], reaches)).toBe('node verify.js <identity number> <birth date>\n');
  expect(await saidBy(['1', '2'], reaches)).toBe('fetch failed: connect ECONNREFUSED 127.0.0.1:1\n');
});

test('a problem with fields names them in its message', () => {
  const problem = {
    code: 'validation-failed',
    title: 'The request does not fit what is asked for',
    instance: 'urn:request:1',
    errors: [
      { path: '/application/photo', code: 'missing', message: { ar: 'حقل مطلوب', en: 'This field is needed' } },
      { path: '', code: 'wrong-type', message: { ar: 'نوع القيمة غير صحيح', en: 'The value has the wrong type' } },
    ],
  } as unknown as ProblemDetails;
  expect(new TajdidProblem(problem, 422, undefined).message).toBe(
    'validation-failed: The request does not fit what is asked for; /application/photo: This field is needed; /: The value has the wrong type (urn:request:1)',
  );
});
