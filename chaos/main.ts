import { parseArgs } from 'node:util';
import { storm } from './storm';
import { upgrade } from './upgrade';

function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      cases: { type: 'string', default: '500' },
      seed: { type: 'string', default: 'chaos' },
      kills: { type: 'string', default: '20' },
      'engine-kills': { type: 'string', default: '5' },
      'database-restarts': { type: 'string', default: '3' },
      'drain-minutes': { type: 'string', default: '10' },
    },
  });
  const [cases, drainWithin] = [Number(values.cases), Number(values['drain-minutes']) * 60_000];
  const { seed } = values;
  if (positionals[0] === 'upgrade') return upgrade({ cases, seed, drainWithin });
  if (positionals[0] !== undefined) throw new RangeError(`there is "upgrade", or nothing for the storm`);
  return storm({
    cases,
    seed,
    drainWithin,
    kills: Number(values.kills),
    engineKills: Number(values['engine-kills']),
    databaseRestarts: Number(values['database-restarts']),
  });
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
