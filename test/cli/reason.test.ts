import { run } from '../../cli/program';

const asked = async (...argv: string[]): Promise<{ code: number; err: string }> => {
  const err: string[] = [];
  const code = await run(argv, { out: () => undefined, err: (line) => err.push(line), live: false }, {});
  return { code, err: err.join('\n') };
};

test.each([
  [['stall', 'scan']],
  [['deploy', 'promote', 'v2']],
  [['deploy', 'ramp', 'v2', '10']],
  [['statistics', 'rebuild']],
  [['staff', 'enrol', 'staff-1']],
  [['staff', 'import']],
  [['incidents', 'retry', '--all']],
  [['incidents', 'stop', 'op_1']],
  [['case', 'restart', 'rnw_1']],
  [['case', 'reset', 'rnw_1']],
  [['incidents', 'repair', 'rnw_1']],
])('%j takes no reason that says nothing', async (command) => {
  for (const reason of ['', 'x', '   x  ', 'x'.repeat(2_001)]) {
    const { code, err } = await asked('--as', 'staff-401', ...command, '--reason', reason);
    expect([command, reason.length, code]).toEqual([command, reason.length, 2]);
    expect(err).toContain('3 to 2000 characters');
  }
});
